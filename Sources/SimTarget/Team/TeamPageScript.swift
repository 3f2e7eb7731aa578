/// The page's only script: refreshes figures, people and traffic while the page is looked at.
enum TeamPageScript {
    static let text = #"""
        "use strict";
        (() => {
          const parts = ["figures", "groups", "traffic"];
          const busy = () => document.hidden || document.querySelector(".issued")
            || document.getSelection().toString() !== "";
          async function refresh() {
            if (busy()) return;
            const answer = await fetch(location.pathname.replace(/[^/]*$/, "") + location.search,
              { headers: { Accept: "text/html" } });
            if (!answer.ok || busy()) return;
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            const people = document.getElementById("people");
            const names = people.contains(document.activeElement) ? parts : [...parts, "people"];
            for (const name of names) {
              const next = page.getElementById(name);
              const here = document.getElementById(name);
              if (next && here && next.innerHTML !== here.innerHTML) here.replaceWith(next);
            }
          }
          setInterval(() => refresh().catch(() => {}), 4000);
        })();

        """#
}
