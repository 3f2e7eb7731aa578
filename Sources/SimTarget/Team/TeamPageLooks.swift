/// Colours and letters of the looks, light and dark. Every pair of text and ground has a contrast
/// of 4.5 or more.
enum TeamPageLooks {
    static let console = #"""
        :root{color-scheme:light dark;
          --page:#f3f5f9;--card:#fff;--field:#fff;--ink:#141a2a;--soft:#566078;--line:#dfe4ee;
          --edge:#8a94ab;--chip:#e9edf5;--tint:#e6ebff;--hover:#eef1f8;
          --accent:#3346d3;--accent-hover:#2737b4;--accent-ink:#3346d3;--on-accent:#fff;
          --good:#0b6b3a;--bad:#b3261e;
          --top:#10162b;--top-ink:#f1f4ff;--top-hover:#263053;--mark:#5d74ff;--mark-ink:#fff;
          --text:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
          --display:var(--text);--heavy:700;--round:6px;--card-round:10px;--face:8px;--row:.5rem;
          --shadow:0 1px 2px #10162b14}
        @media (prefers-color-scheme:dark){:root{
          --page:#0b0f1c;--card:#131a2c;--field:#0e1424;--ink:#e7ebf7;--soft:#9da8c3;--line:#26304b;
          --edge:#5f6b8b;--chip:#212b45;--tint:#1d2852;--hover:#1c2540;
          --accent:#4a5ff0;--accent-hover:#3c50dd;--accent-ink:#a3b1ff;--on-accent:#fff;
          --good:#5fd39a;--bad:#ff9a92;--top:#090c17;--top-ink:#e7ebf7;--shadow:none}}

        """#

    static let hearth = #"""
        :root{color-scheme:light dark;
          --page:#fbf6ee;--card:#fffdf9;--field:#fff;--ink:#2b211a;--soft:#6f5f52;--line:#eadfce;
          --edge:#a08d7c;--chip:#f3e9da;--tint:#fbe5d9;--hover:#f7eee1;
          --accent:#a8421f;--accent-hover:#8e3617;--accent-ink:#963a1a;--on-accent:#fff;
          --good:#3e6528;--bad:#a3231f;
          --top:#fffdf9;--top-ink:#2b211a;--top-hover:#f3e9da;--mark:#a8421f;--mark-ink:#fde9c9;
          --text:"Avenir Next",Avenir,"Nunito Sans",system-ui,"Segoe UI","Noto Sans",sans-serif;
          --display:"Iowan Old Style","Palatino Linotype",Palatino,Georgia,"Noto Serif",serif;
          --heavy:600;--round:999px;--card-round:20px;--face:50%;--row:.75rem;
          --shadow:0 6px 22px -14px #6b3a1c59}
        .line input,.line select{border-radius:14px}
        @media (prefers-color-scheme:dark){:root{
          --page:#1a1410;--card:#251d17;--field:#1e1712;--ink:#f4e9dc;--soft:#bba892;--line:#3b2f25;
          --edge:#7f6c5b;--chip:#382c22;--tint:#4a2a1b;--hover:#30261e;
          --accent:#b9532c;--accent-hover:#a64521;--accent-ink:#ffb48f;--on-accent:#fff;
          --good:#a3cf85;--bad:#ff9f94;--top:#211914;--top-ink:#f4e9dc;--top-hover:#382c22;
          --mark:#c4623a;--shadow:none}}

        """#
}
