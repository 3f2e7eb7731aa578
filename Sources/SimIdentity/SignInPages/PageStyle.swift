import SimCore
import SimCrypto

/// The style sheet of every page and the policy line that allows exactly it.
enum PageStyle {
    static let sheet = """
        :root{color-scheme:light dark;--page:#eef2f7;--card:#fff;--text:#1b1f24;--soft:#586069;\
        --line:#d0d7de;--field:#8c959f;--accent:#0b5cad;--accent-text:#fff;--hover:#084a8c;\
        --bad:#b3261e;--bad-back:#fdecea;--note:#fff8e1;--note-line:#e0b400;--note-text:#4d3c00}
        @media (prefers-color-scheme:dark){:root{--page:#0d1117;--card:#161b22;--text:#e6edf3;\
        --soft:#9da7b3;--line:#30363d;--field:#6e7681;--accent:#58a6ff;--accent-text:#06121f;\
        --hover:#79b8ff;--bad:#ffa198;--bad-back:#3d1418;--note:#2b2411;--note-line:#9a7b12;\
        --note-text:#f0dfa0}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--page);\
        color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Ubuntu,\
        "Helvetica Neue",sans-serif}
        .banner{background:var(--note);color:var(--note-text);border-bottom:1px solid \
        var(--note-line);padding:.5rem 1rem;text-align:center;font-size:.875rem}
        main{flex:1;display:flex;align-items:center;justify-content:center;padding:1.5rem 1rem}
        .card{width:100%;max-width:27.5rem;background:var(--card);border:1px solid var(--line);\
        border-radius:.75rem;padding:2.25rem 2.5rem;box-shadow:0 1px 2px rgba(0,0,0,.06),\
        0 12px 32px rgba(0,0,0,.08)}
        .card.wide{max-width:40rem}
        .brand{display:flex;align-items:center;gap:.6rem;color:var(--soft);font-weight:600;\
        margin-bottom:1.25rem;font-size:.95rem;overflow-wrap:anywhere}
        .mark{width:1.5rem;height:1.5rem;border-radius:.4rem;flex:none;\
        background:linear-gradient(135deg,var(--accent),#7a5cff)}
        h1{font-size:1.5rem;line-height:1.25;margin:0 0 .35rem;font-weight:650;\
        overflow-wrap:anywhere}
        h2{font-size:1rem;margin:1.25rem 0 .4rem}
        p{margin:.35rem 0 1rem;overflow-wrap:anywhere}
        .soft{color:var(--soft)}
        label{display:block;font-weight:600;margin:1rem 0 .35rem}
        input[type=email],input[type=text],input[type=password],input[type=search],select{width:100%;font:inherit;\
        color:inherit;background:transparent;border:1px solid var(--field);border-radius:.45rem;\
        padding:.65rem .75rem;min-height:2.75rem}
        input[aria-invalid=true]{border-color:var(--bad);border-width:2px}
        :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        .actions{display:flex;flex-wrap:wrap;gap:.75rem;justify-content:flex-end;margin-top:1.5rem}
        button,.button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.5rem;\
        border-radius:.45rem;border:1px solid transparent;cursor:pointer;text-decoration:none;\
        display:inline-flex;align-items:center;justify-content:center}
        .primary,a.primary{background:var(--accent);color:var(--accent-text)}
        .primary:hover{background:var(--hover)}
        .plain{background:transparent;color:var(--text);border-color:var(--field)}
        .plain:hover{border-color:var(--accent)}
        .error{background:var(--bad-back);color:var(--bad);border-radius:.45rem;\
        padding:.65rem .85rem;margin:1rem 0 0;overflow-wrap:anywhere}
        .account{display:flex;align-items:center;gap:.6rem;border:1px solid var(--line);\
        border-radius:2rem;padding:.25rem .5rem .25rem .9rem;margin:0 0 1.25rem;min-height:2.75rem;\
        overflow-wrap:anywhere}
        .account span{flex:1}
        .account button{min-height:2.25rem;padding:.2rem .9rem;border-radius:2rem}
        .tiles{list-style:none;margin:1rem 0 0;padding:0;border-top:1px solid var(--line)}
        .tiles li{border-bottom:1px solid var(--line)}
        .tiles button,.tiles a{display:flex;text-decoration:none;width:100%;\
        justify-content:flex-start;text-align:left;background:transparent;\
        color:inherit;font-weight:400;border-radius:0;padding:.65rem .5rem;flex-direction:column;\
        align-items:flex-start;overflow-wrap:anywhere}
        .tiles button:hover,.tiles a:hover{background:var(--page)}
        .tiles strong{font-weight:600}
        .panel{background:var(--note);color:var(--note-text);border:1px dashed var(--note-line);\
        border-radius:.45rem;padding:.75rem .9rem;margin-top:1.5rem;font-size:.9rem}
        .panel summary{cursor:pointer;font-weight:600}
        .panel p{margin:.35rem 0}
        .panel fieldset{border:0;padding:0;margin:.5rem 0 0}
        .panel select option{color:#1b1f24;background:#fff}
        a{color:var(--accent)}
        .panel a{color:inherit}
        .panel .tiles,.panel .tiles li{border-color:var(--note-line)}
        .panel .tiles button{color:inherit}
        code{font:1rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;\
        overflow-wrap:anywhere}
        .code code{font-size:1.6rem;letter-spacing:.2em}
        ul.scopes{padding-left:1.25rem;margin:.5rem 0}
        ul.scopes li{margin:.35rem 0}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1rem;margin:.5rem 0 0;\
        font-size:.9rem}
        dt{color:var(--soft)}
        dd{margin:0;overflow-wrap:anywhere}
        table{border-collapse:collapse;width:100%;margin-top:1.25rem}
        td{border-top:1px solid var(--line);padding:.5rem .75rem .5rem 0;vertical-align:top;\
        overflow-wrap:anywhere}
        td:first-child{color:var(--soft);white-space:nowrap}
        iframe{display:none}
        footer{text-align:center;color:var(--soft);font-size:.8rem;padding:0 1rem 1.25rem}
        @media (max-width:32rem){main{align-items:flex-start;padding:0}.card{border:0;\
        border-radius:0;box-shadow:none;padding:1.75rem 1.25rem;max-width:none}\
        .actions>*{flex:1}dl{grid-template-columns:1fr}dt{margin-top:.4rem}}
        @media (forced-colors:active){.mark{forced-color-adjust:none}}
        """

    /// `'sha256-…'` of the style sheet.
    static let source = PageStyle.source(of: sheet)

    /// The policy source that allows one inline text and no other. CSP Level 3 §6.7.2.
    static func source(of text: String) -> String {
        "'sha256-\(Base64.encode(SHA256.digest(Array(text.utf8))))'"
    }
}
