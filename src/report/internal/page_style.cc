// SPDX-License-Identifier: Apache-2.0
//
// Colours: blue and orange of Okabe & Ito's set, told apart by every kind of colour vision,
// darkened or lightened until text in them has a contrast of 4.5. Nothing is told by colour alone.

#include "report/internal/page_style.h"

#include <string>

namespace scr::report::internal {
namespace {

// The colours, light and dark.
constexpr std::string_view kColours = R"css(
:root{color-scheme:light dark;--paper:#fcfbf8;--ink:#1b1b19;--soft:#595852;--rule:#dcd9d0;
--leader:#0b62a4;--rival:#b04a08;--other:#77756d;--band:#a9c6dc;--outside:#a3124f;--panel:#f2f0e9}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--ink:#eae7e0;--soft:#aeaba3;--rule:#3a3d42;
--leader:#63aee8;--rival:#eb9a55;--other:#94918a;--band:#34536b;--outside:#ff85b3;--panel:#1f2226}}
)css";

// A page, without its plots.
constexpr std::string_view kPage = R"css(*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);line-height:1.55;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-size:1rem;
overflow-wrap:break-word}
.pick{position:absolute;opacity:0;width:1px;height:1px}
.languages{max-width:46rem;margin:0 auto;padding:.75rem 1rem 0;display:flex;gap:.25rem;
justify-content:flex-end}
.languages label{padding:.35rem .7rem;border-bottom:2px solid transparent;color:var(--soft);
cursor:pointer}
#show-en:checked~.languages [for=show-en],#show-es:checked~.languages [for=show-es]{
color:var(--ink);border-color:var(--ink);font-weight:600}
#show-en:focus-visible~.languages [for=show-en],#show-es:focus-visible~.languages [for=show-es]{
outline:2px solid var(--leader);outline-offset:2px}
.version{display:none;max-width:46rem;margin:0 auto;padding:0 1rem 3rem}
#show-en:checked~main .en,#show-es:checked~main .es{display:block}
h1,h2,h3{font-family:Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif;
line-height:1.2;text-wrap:balance}
h1{font-size:clamp(1.5rem,4.5vw,2.2rem);margin:.6rem 0 .2rem}
h2{font-size:1.5rem;margin:3rem 0 .75rem;padding-top:.75rem;border-top:3px solid var(--ink)}
h3{font-size:1.15rem;margin:0 0 .25rem}
h4{font-size:1rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0}
.soft,figcaption p,.rests{color:var(--soft)}
figcaption p,.rests{font-size:.9rem}
.verdict{margin:1.5rem 0;padding:1.25rem 1.25rem 1rem;background:var(--panel);
border-left:6px solid var(--other)}
.verdict.decided{border-color:var(--leader)}
.verdict.open{border-color:var(--rival)}
.verdict strong{display:block;font-family:Charter,"Bitstream Charter",Cambria,Georgia,serif;
font-size:clamp(1.2rem,3.4vw,1.55rem);line-height:1.3;font-weight:700}
.verdict .word{font-size:.85rem;font-weight:600;letter-spacing:.02em;margin:0 0 .4rem}
.keys{display:flex;flex-wrap:wrap;gap:.6rem;margin:0}
.keys div{flex:1 1 7.6rem;border-top:2px solid var(--rule);padding:.5rem .2rem;display:flex;
flex-direction:column}
.keys dt{color:var(--soft);font-size:.85rem;order:2;line-height:1.35}
.keys dd{margin:0;font-size:1.35rem;white-space:nowrap;font-weight:600;font-variant-numeric:tabular-nums}
.keys dd.more{white-space:normal;font-size:.85rem;font-weight:400;color:var(--soft);order:3;line-height:1.35}
figure{margin:2rem 0}
figure>svg{display:block;margin:.9rem 0 .4rem;overflow:visible;max-width:100%}
)css";

// Inside a plot.
constexpr std::string_view kPlots =
    R"css(svg text{font-size:13px;fill:var(--ink);font-variant-numeric:tabular-nums}
svg .label{font-weight:600}
svg .tick{fill:var(--soft);font-size:12px}
svg .note{font-weight:600;stroke:var(--paper);stroke-width:4px;paint-order:stroke}
svg .tick{stroke:var(--paper);stroke-width:3px;paint-order:stroke}
svg .outside{fill:var(--outside)}
svg path.outside{fill:none;stroke:var(--outside);stroke-width:3.5}
svg path.within{fill:var(--paper);stroke:var(--ink);stroke-width:2.5}
svg path.crossing{fill:var(--paper);stroke:var(--ink);stroke-width:2}
svg .leader{fill:var(--leader)}
svg .rival{fill:var(--rival)}
svg .other{fill:var(--other)}
svg .range{fill:var(--ink);opacity:.55}
svg .band{fill:var(--band)}
svg .grid{stroke:var(--rule);stroke-width:1}
svg .axis{stroke:var(--ink);stroke-width:1}
svg .middle{stroke:var(--soft);stroke-width:1;stroke-dasharray:3 3}
svg .drop{stroke:var(--soft);stroke-width:1}
svg .at{overflow:visible}
svg polyline{fill:none;stroke-width:2.5;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.line-a{stroke:var(--leader)}
.line-b{stroke:var(--rival);stroke-dasharray:8 4}
.line-c{stroke:var(--other);stroke-dasharray:3 3}
.line-d{stroke:var(--ink);stroke-dasharray:10 3 2 3}
.line-e{stroke:var(--ink);stroke-dasharray:16 5}
.line-f{stroke:var(--rival);stroke-dasharray:2 5}
.expected{stroke:var(--ink);stroke-width:2.5}
.frame{fill:none;stroke:var(--rule);stroke-width:2}
.shade-1{fill:var(--leader);opacity:.16}
.shade-2{fill:var(--leader);opacity:.34}
.shade-3{fill:var(--leader);opacity:.55}
.shade-4{fill:var(--leader);opacity:.78}
.shade-5{fill:var(--leader)}
)css";

// What stands around a plot; and everything, on paper.
constexpr std::string_view kAround =
    R"css(.grids{display:flex;flex-wrap:wrap;gap:1.25rem;margin:1rem 0}
.grids figure{margin:0;flex:0 1 17.2rem}
.grids figcaption{font-size:.85rem;color:var(--soft);margin-top:.3rem}
figure>svg.grid-plot{max-width:100%;height:auto;overflow:hidden}
.four dt{font-weight:600;margin-top:.7rem}
.four dd{margin:.1rem 0 0}
.subject{margin:2rem 0 .3rem}
.badge.stands_out{color:var(--outside)}
.badge.nothing{color:var(--soft)}
.legend{list-style:none;padding:0;margin:.25rem 0 .75rem;font-size:.9rem}
.key{display:inline-block;width:42px;height:8px;margin-right:.6rem;vertical-align:middle}
details{margin:.4rem 0}
summary{cursor:pointer;color:var(--soft);font-size:.9rem;padding:.2rem 0}
summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--leader);outline-offset:2px}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums;width:100%}
th,td{padding:.3rem .9rem .3rem 0;text-align:left;vertical-align:top;
border-bottom:1px solid var(--rule)}
th.n,td.n{text-align:right}
td.n{white-space:nowrap}
tbody th{font-weight:400}
thead th{color:var(--soft);font-weight:600}
.checks{list-style:none;padding:0;margin:.5rem 0}
.checks li{padding:.55rem 0;border-bottom:1px solid var(--rule)}
.badge{font-weight:700;font-size:.85rem;margin-right:.35rem}
.badge.contradicted{color:var(--outside)}
.badge.consistent,.badge.not_applicable{color:var(--soft)}
.rests{display:block;margin-top:.15rem}
.plain li{margin:.45rem 0}
code{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:.88em;
overflow-wrap:anywhere}
.commands dt{margin-top:.7rem}
.commands dt code{background:var(--panel);padding:.15rem .4rem}
.commands dd{margin:.15rem 0 0;color:var(--soft)}
.basis dt{color:var(--soft);font-size:.9rem;margin-top:.5rem}
.basis dd{margin:0}
.sheet img{max-width:100%;height:auto;border:1px solid var(--rule);background:#fff}
.beside{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-end}
.beside figure{margin:.75rem 0;flex:1 1 14rem}
footer{margin-top:3rem;padding-top:.75rem;border-top:1px solid var(--rule);color:var(--soft);
font-size:.9rem}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--soft:#444;--rule:#bbb;--panel:#f3f3f3;
--leader:#0b62a4;--rival:#b04a08;--other:#77756d;--band:#a9c6dc;--outside:#a3124f}
.languages{display:none}body{font-size:10.5pt}.version{max-width:none;padding:0}
figure,.verdict,.keys,.checks li,tr{break-inside:avoid}h2,h3,figcaption{break-after:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}.scroll{overflow:visible}}
@media print{details::details-content{content-visibility:visible;block-size:auto}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
)css";

}  // namespace

std::string_view page_style() {
  static const std::string all =
      std::string(kColours) + std::string(kPage) + std::string(kPlots) + std::string(kAround);
  return all;
}

std::string_view plot_style() {
  static const std::string all =
      std::string(kColours) + std::string(kPlots) +
      "svg{overflow:visible}.paper{fill:var(--paper)}"
      "text{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",sans-serif}";
  return all;
}

}  // namespace scr::report::internal
