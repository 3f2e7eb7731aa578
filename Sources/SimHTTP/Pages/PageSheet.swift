/// The style sheet that the simulator's own pages share: sign-in, errors, portal. One look, light
/// and dark, from 320 px up; every pair of text and ground has a contrast of 4.5 or more.
///
/// Sizes are in rem, so that letters a reader enlarges enlarge the page. The sample apps have looks
/// of their own, for they play somebody else's site.
package enum PageSheet {
    package static let text = colours + ground + parts + narrow

    private static let colours = """
        :root{color-scheme:light dark;--page:#eef2f7;--card:#fff;--text:#1b1f24;--soft:#57606a;\
        --line:#d0d7de;--field:#818b96;--accent:#0b5cad;--accent-text:#fff;--hover:#084a8c;\
        --tint:#f3f6fa;--bad:#b3261e;--bad-back:#fdecea;--note:#fff8e1;--note-line:#d9ad00;\
        --note-text:#4d3c00}
        @media (prefers-color-scheme:dark){:root{--page:#0d1117;--card:#161b22;--text:#e6edf3;\
        --soft:#9da7b3;--line:#30363d;--field:#7d8590;--accent:#58a6ff;--accent-text:#06121f;\
        --hover:#79b8ff;--tint:#1f2630;--bad:#ffa198;--bad-back:#3d1418;--note:#2b2411;\
        --note-line:#9a7b12;--note-text:#f0dfa0}}
        """

    private static let ground = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;\
        background:var(--page);color:var(--text);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",\
        Roboto,Ubuntu,"Helvetica Neue",sans-serif;overflow-wrap:anywhere}
        .banner{background:var(--note);color:var(--note-text);border-bottom:1px solid \
        var(--note-line);padding:.5rem 1rem;text-align:center;font-size:.875rem}
        main{flex:1;display:flex;align-items:center;justify-content:center;padding:1.5rem 1rem}
        footer{text-align:center;color:var(--soft);font-size:.8125rem;padding:0 1rem 1.25rem}
        .card{width:100%;max-width:27.5rem;min-width:0;background:var(--card);\
        border:1px solid var(--line);border-radius:.75rem;padding:2.25rem 2.5rem;\
        box-shadow:0 1px 2px rgba(0,0,0,.06),0 12px 32px rgba(0,0,0,.08)}
        .card.wide{max-width:42rem}
        .brand{display:flex;align-items:center;gap:.6rem;color:var(--soft);font-weight:600;\
        margin-bottom:1.25rem;font-size:.9375rem}
        .mark{width:1.5rem;height:1.5rem;border-radius:.4rem;flex:none;\
        background:linear-gradient(135deg,var(--accent),#7a5cff)}
        h1{font-size:1.5rem;line-height:1.25;margin:0 0 .35rem;font-weight:650}
        h2{font-size:1rem;margin:1.5rem 0 .4rem}
        p{margin:.35rem 0 1rem}
        a{color:var(--accent)}
        a:hover{text-decoration-thickness:.125em}
        .soft{color:var(--soft)}
        code{font:.9375rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        """

    private static let parts = """
        label{display:block;font-weight:600;margin:1rem 0 .35rem}
        input[type=email],input[type=text],input[type=password],input[type=search],select{\
        width:100%;min-width:0;font:inherit;color:inherit;background:var(--card);\
        border:1px solid var(--field);border-radius:.45rem;padding:.6rem .75rem;min-height:2.75rem}
        ::placeholder{color:var(--soft);opacity:1}
        input[aria-invalid=true]{border-color:var(--bad);border-width:2px}
        .check{display:flex;gap:.6rem;align-items:flex-start;min-height:1.75rem;cursor:pointer}
        .check input{width:1.25rem;height:1.25rem;margin:.125rem 0 0;flex:none;\
        accent-color:var(--accent)}
        .actions{display:flex;flex-wrap:wrap;gap:.75rem;justify-content:flex-end;margin-top:1.5rem}
        .actions.stacked{flex-direction:column}
        button,.button,input[type=submit]{font:inherit;font-weight:600;min-height:2.75rem;\
        padding:.5rem 1.5rem;border-radius:.45rem;border:1px solid transparent;cursor:pointer;\
        text-decoration:none;display:inline-flex;align-items:center;justify-content:center}
        .primary{background:var(--accent);color:var(--accent-text)}
        .primary:hover{background:var(--hover)}
        .plain{background:transparent;color:var(--text);border-color:var(--field)}
        .plain:hover{background:var(--tint)}
        .error{background:var(--bad-back);color:var(--bad);border-left:.25rem solid;\
        border-radius:.45rem;padding:.65rem .85rem;margin:1rem 0 0}
        .account{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .6rem;\
        border:1px solid var(--line);border-radius:1.4rem;padding:.25rem .3rem .25rem 1rem;\
        margin:0 0 1.25rem;min-height:2.75rem;font-size:.9375rem}
        .account span{flex:1 1 12rem;min-width:0}
        .account button{min-height:2.25rem;padding:.2rem 1rem;border-radius:1.4rem}
        .tiles{list-style:none;margin:1rem 0 0;padding:0;border-top:1px solid var(--line)}
        .tiles li{border-bottom:1px solid var(--line)}
        .tiles button,.tiles a{display:flex;flex-direction:column;align-items:flex-start;\
        width:100%;text-align:start;text-decoration:none;background:transparent;color:inherit;\
        font-weight:400;border-radius:0;padding:.65rem .5rem}
        .tiles button:hover,.tiles a:hover{background:var(--tint)}
        strong{unicode-bidi:isolate}
        .tiles strong{font-weight:600;unicode-bidi:plaintext}
        .panel{background:var(--note);color:var(--note-text);border:1px dashed var(--note-line);\
        border-radius:.45rem;padding:.75rem .9rem;margin-top:1.5rem;font-size:.9375rem}
        form+.panel,.panel+.panel{margin-top:.75rem}
        details.panel{padding:0}
        summary{cursor:pointer;font-weight:600;padding:.65rem .9rem;min-height:2.75rem;\
        border-radius:.45rem}
        details.panel>:not(summary){margin:.5rem .9rem .9rem}
        .panel p{margin:.35rem 0}
        .panel a{color:inherit}
        .panel fieldset{border:0;padding:0;display:grid;gap:0 .9rem;\
        grid-template-columns:repeat(auto-fit,minmax(min(9rem,100%),1fr))}
        .panel legend{padding:0}
        .panel label{margin-top:.6rem}
        .panel .tiles,.panel .tiles li{border-color:var(--note-line)}
        .panel .tiles button:hover{background:var(--card)}
        .code code{font-size:1.6rem;letter-spacing:.2em}
        .scopes{padding-left:1.25rem;margin:.5rem 0 1rem}
        .scopes li{margin:.35rem 0}
        dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.35rem 1rem;\
        margin:.5rem 0 0;font-size:.9375rem}
        dt{color:var(--soft)}
        dd{margin:0}
        .copied dd{user-select:all;-webkit-user-select:all}
        table{border-collapse:collapse;width:100%;margin-top:1.5rem}
        td{border-top:1px solid var(--line);padding:.6rem 1rem .6rem 0;vertical-align:top}
        td:first-child{color:var(--soft);width:8rem}
        iframe{display:none}
        """

    private static let narrow = """
        @media (max-width:32rem){main{align-items:flex-start;padding:0}.card{border:0;\
        border-radius:0;box-shadow:none;padding:1.75rem 1.25rem;max-width:none}\
        .actions>*{flex:1 1 8rem}.actions.stacked>*{flex:none}\
        dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:.5rem}\
        td{display:block;padding:.6rem 0 0}td:first-child{width:auto}\
        td+td{border:0;padding:.1rem 0 .6rem}.check,.account button{min-height:2.75rem}}
        @media (forced-colors:active){.mark{forced-color-adjust:none}}
        @media print{.banner,.panel,.actions,footer{display:none}main{display:block;padding:0}\
        .card{border:0;box-shadow:none;max-width:none;padding:0}}
        """
}
