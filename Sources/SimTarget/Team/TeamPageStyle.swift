/// The stylesheet: structure shared by both looks, colours and letters of each.
enum TeamPageStyle {
    static func text(for look: SampleAppConfiguration.Look) -> String {
        switch look {
        case .console: TeamPageLooks.console + shared
        case .hearth: TeamPageLooks.hearth + shared
        }
    }

    private static let shared = #"""
        *{box-sizing:border-box}
        html{scroll-behavior:smooth;scroll-padding-top:5rem;-webkit-text-size-adjust:100%}
        @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
        body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 var(--text)}
        main{max-width:72rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
        h1,h2,h3{font-family:var(--display);line-height:1.2;margin:0;font-weight:var(--heavy)}
        h1{font-size:1.9rem}h2{font-size:1.25rem}h3{font-size:1rem}
        a{color:var(--accent-ink)}
        code{font:.875em/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;
          overflow-wrap:anywhere}
        small{font-size:.8125rem;color:var(--soft);font-weight:400}
        ul{list-style:none;margin:0;padding:0}
        :focus-visible{outline:3px solid var(--accent-ink);outline-offset:2px;border-radius:4px}
        .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);
          white-space:nowrap}
        .skip{position:absolute;left:-99rem;z-index:3;background:var(--card);padding:.6rem 1rem}
        .skip:focus{left:1rem;top:1rem}
        .top{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;gap:.25rem 2rem;
          align-items:center;justify-content:space-between;padding:.6rem 1.25rem;
          background:var(--top);color:var(--top-ink);border-bottom:1px solid var(--line)}
        .brand{display:flex;gap:.7rem;align-items:center;color:inherit;text-decoration:none}
        .brand strong{display:block;font:var(--heavy) 1.1rem/1.2 var(--display)}
        .brand small{color:inherit;opacity:.8}
        .mark{width:2.1rem;height:2.1rem;flex:none;fill:var(--mark)}
        .mark path{stroke:var(--mark-ink);stroke-width:3;stroke-linecap:round}
        .hearth .mark path{fill:var(--mark-ink);stroke:none}
        .mark circle:last-child{fill:var(--mark-ink)}
        .hearth .mark circle:last-child,.hearth .mark circle{fill:var(--mark)}
        .top nav{display:flex;gap:.15rem;overflow-x:auto;max-width:100%}
        .top nav a{color:inherit;text-decoration:none;padding:.45rem .7rem;border-radius:var(--round);
          white-space:nowrap;font-size:.9375rem}
        .top nav a:hover{background:var(--top-hover)}
        main>section{background:var(--card);border:1px solid var(--line);
          border-radius:var(--card-round);padding:1.25rem;margin-top:1.25rem;
          box-shadow:var(--shadow);overflow-x:auto}
        main>#figures{background:none;border:0;box-shadow:none;padding:0;margin-top:.5rem;
          overflow:visible}
        .figures{display:grid;grid-template-columns:repeat(3,1fr) 2fr;gap:1rem;margin:1rem 0 0}
        .figures div{background:var(--card);border:1px solid var(--line);padding:.9rem 1.1rem;
          border-radius:var(--card-round);box-shadow:var(--shadow)}
        .figures dt{color:var(--soft);font-size:.875rem}
        .figures dd{margin:0;font:var(--heavy) 1.7rem/1.25 var(--display);
          font-variant-numeric:tabular-nums}
        .figures .wide dd{font-size:1.15rem;line-height:2.125rem}
        .head{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;
          justify-content:space-between}
        input,select,button{font:inherit;font-size:.9375rem;color:inherit;min-height:2.5rem;
          padding:.35rem .75rem;border:1px solid var(--edge);border-radius:var(--round);
          background:var(--field);max-width:100%}
        input::placeholder{color:var(--soft);opacity:1}
        button{cursor:pointer;font-weight:600;background:var(--card)}
        button:hover{background:var(--hover)}
        .button{display:inline-flex;align-items:center;min-height:2.75rem;padding:.35rem 1rem;
          border:1px solid var(--edge);border-radius:var(--round);background:var(--card);
          color:inherit;text-decoration:none;font-weight:600;font-size:.9375rem}
        button.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
        button.main:hover{background:var(--accent-hover)}
        button.danger{color:var(--bad);min-height:2.25rem}
        .notice+#figures{margin-top:1.5rem}
        .search{display:flex;flex-wrap:wrap;gap:.5rem}
        .search input{min-width:12rem;flex:1}
        table{width:100%;border-collapse:collapse;margin-top:1rem;font-size:.9375rem}
        thead th{color:var(--soft);font-size:.8125rem;font-weight:600;text-align:left;
          padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}
        tbody th,tbody td{text-align:left;vertical-align:middle;padding:var(--row) .75rem var(--row) 0;
          border-bottom:1px solid var(--line);font-weight:400;max-width:24rem;
          overflow-wrap:break-word}
        tbody tr:last-child>*{border-bottom:0}
        tbody th{font-weight:600}
        .person{display:flex;gap:.7rem;align-items:center}
        .who small{display:block}
        .face{flex:none;width:2.25rem;height:2.25rem;border-radius:var(--face);display:grid;
          place-items:center;background:var(--tint);color:var(--accent-ink);font-size:.8125rem;
          font-weight:700}
        .gone th{color:var(--soft)}.gone .face{background:var(--chip);color:var(--soft)}
        .none,.empty,.hint,time{color:var(--soft)}
        .hint{font-size:.9375rem;margin:.4rem 0 0}
        .empty{margin:1rem 0 0}
        time{font-variant-numeric:tabular-nums;font-size:.875rem}
        .figures time{color:inherit;font-size:1em}
        .chips{display:flex;flex-wrap:wrap;gap:.3rem}
        .chips li{background:var(--chip);border-radius:var(--round);padding:.1rem .5rem;
          font-size:.8125rem}
        .role{display:inline-block;white-space:nowrap;border-radius:var(--round);padding:.15rem .6rem;
          font-size:.8125rem;font-weight:650;background:var(--chip)}
        .role.r0{background:var(--accent);color:var(--on-accent)}
        .role.r1{background:var(--tint);color:var(--accent-ink);
          box-shadow:inset 0 0 0 1px var(--accent-ink)}
        .role.r2{background:var(--tint);color:var(--accent-ink)}
        .archetype{font:.8125rem ui-monospace,Menlo,Consolas,monospace;color:var(--soft)}
        .state{display:inline-flex;white-space:nowrap;align-items:center;gap:.4rem;font-size:.875rem;font-weight:600}
        .state::before{content:"";width:.55rem;height:.55rem;border-radius:50%;background:currentColor}
        .state.active{color:var(--good)}.state.archived{color:var(--soft)}
        .state.archived::before{background:none;box-shadow:inset 0 0 0 2px currentColor}
        .pager{display:flex;gap:1rem;justify-content:space-between;margin-top:1rem;
          font-size:.9375rem;color:var(--soft)}
        .line{display:flex;gap:.5rem;margin-top:.6rem}
        .line input{flex:1;min-width:0}.line select{flex:0 1 12rem;min-width:0}
        .actions{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin:1rem 0 0}
        .arrival{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.35rem 1rem;
          margin:1.25rem 0}
        .arrival dt{color:var(--soft)}.arrival dd{margin:0}
        .issue{margin-top:1.25rem;padding-top:1.25rem;border-top:1px solid var(--line);
          display:grid;gap:.5rem;max-width:34rem}
        .issue label{font-weight:600;font-size:.9375rem}
        fieldset{border:0;margin:.25rem 0 0;padding:0;display:grid;gap:.4rem}
        legend{font-weight:600;font-size:.9375rem;padding:0}
        .scope{display:flex;gap:.6rem;align-items:flex-start;font-weight:400;min-height:1.5rem}
        summary{cursor:pointer;font-weight:600;padding:.5rem 0;min-height:2.5rem}
        .scope input{min-height:0;width:1.15rem;height:1.15rem;margin:.2rem 0 0;flex:none;
          accent-color:var(--accent)}
        .scope small{display:block}
        .notice{border-radius:var(--card-round);padding:1rem 1.25rem;margin:1rem 0 0;
          border:1px solid currentColor;background:var(--card)}
        .notice.good{color:var(--good)}.notice.bad{color:var(--bad)}
        main>section.notice{background:var(--card);border-color:currentColor}
        .issued p{margin:.5rem 0 0;color:var(--ink)}
        .secret{display:block;padding:.7rem .9rem;border-radius:var(--round);background:var(--chip);
          user-select:all;font-size:1rem}
        .verb{display:inline-block;min-width:3.6rem;font-size:.8125rem;letter-spacing:.02em}
        .status{font-weight:700;font-variant-numeric:tabular-nums}
        .s2,.s3{color:var(--good)}.s4,.s5{color:var(--bad)}
        .traffic td{white-space:nowrap}
        .traffic td:nth-child(2){white-space:normal}
        footer{max-width:72rem;margin:0 auto;padding:0 1.25rem 2.5rem;color:var(--soft);
          font-size:.875rem}
        @media (max-width:46rem){
          main{padding:1rem .9rem 2rem}
          .top{padding:.5rem .9rem;position:static}
          .top nav{margin:0 -.7rem;flex-wrap:wrap}
          .top nav a{padding:.65rem .7rem;min-height:2.75rem}
          input,select,button,button.danger,.scope,summary{min-height:2.75rem}
          .figures{grid-template-columns:repeat(3,1fr);gap:.6rem}
          .figures div{padding:.7rem .8rem}.figures .wide{grid-column:1/-1}
          .figures dd{font-size:1.4rem}
          main>section{padding:1rem}
          .search{width:100%}.search input{flex:1 1 100%}.search select{flex:1}
          .cards thead{display:none}
          .cards,.cards tbody,.cards tr,.cards td,.cards tbody th{display:block}
          .cards tr{padding:.75rem 0;border-bottom:1px solid var(--line)}
          .cards tr:last-child{border-bottom:0}
          .cards tbody th,.cards td{border:0;padding:.15rem 0;max-width:none;
            overflow-wrap:anywhere}
          #people tbody th{padding-bottom:.4rem}
          .cards td[data-label]{position:relative;padding-left:5.25rem;min-height:1.9rem}
          .cards td[data-label]::before{content:attr(data-label);color:var(--soft);
            font-size:.8125rem;position:absolute;left:0;top:.3rem}
          .traffic tr{display:grid;grid-template-columns:1fr auto;gap:0 1rem}
          .traffic td,.traffic td:nth-child(2){white-space:normal}
          .cards.traffic td{padding:.1rem 0;min-height:0}
          .cards.traffic td::before{content:none}
          .traffic td:nth-child(2){grid-row:2;grid-column:1/-1}
          .traffic td:nth-child(3){text-align:right}
          .traffic td:nth-child(4){grid-column:1/-1;color:var(--soft);font-size:.8125rem}
          .line{flex-wrap:wrap;padding-bottom:.6rem;border-bottom:1px solid var(--line)}
          .line input{flex:1 0 100%}.line select{flex:1 1 8rem}
        }

        """#
}
