/// What the portal adds to the shared sheet.
enum PortalPageStyle {
    static let text = """
        .portal>header,.portal>main{width:100%;max-width:60rem;margin:0 auto;padding:1.5rem 1rem 0}
        .portal>main{display:block;padding-bottom:2rem}
        .portal .card{max-width:none;margin-bottom:1.25rem;padding:1.75rem 2rem}
        .portal .title{display:flex;align-items:center;gap:.75rem}
        .portal h1{margin:0}
        .portal h2{font-size:1.25rem;margin:0 0 .75rem}
        .portal h3{font-size:1rem;margin:1.5rem 0 .25rem}
        .places,.apps{list-style:none;margin:0;padding:0}
        .places{display:flex;flex-wrap:wrap;gap:.6rem}
        .places .button{background:var(--card);padding:.5rem 1rem;gap:.4em}
        .places .soft{font-weight:400}
        .apps li{display:flex;gap:.75rem 1.5rem;align-items:flex-start;justify-content:space-between;\
        border-top:1px solid var(--line);padding:.75rem 0}
        .apps div{min-width:0}
        .apps .button{flex:none}
        @media (max-width:32rem){.portal .card{padding:1.25rem 1rem;border-radius:.75rem;\
        border:1px solid var(--line)}.apps .button{padding:.5rem 1rem}}
        """
}
