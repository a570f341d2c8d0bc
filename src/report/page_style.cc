#include "report/page_style.h"

#include <fmt/format.h>

#include "coverage/appearance.h"

namespace nepho::report {
namespace {

// One column of text, at most as wide as is read with ease; the heatmap may be wider. Sizes are in
// rem, so that they follow the reader's own; --accent has a contrast of 4.5 on both grounds.
constexpr std::string_view kSheet = R"(
:root{color-scheme:light dark;--ground:#fff;--card:#f6f8fa;--ink:#1b1f24;--soft:#57606a;--line:#d0d7de;
--accent:#0072b2;--bad:#a33b00;--track:#e4e8ec;--blind:#fff;--on-blind:#1b1f24}
@media (prefers-color-scheme:dark){:root{--ground:#0d1117;--card:#161b22;--ink:#e6edf3;--soft:#9da7b1;
--line:#30363d;--accent:#56b4e9;--bad:#ff9b6a;--track:#262c34;--blind:#0d1117;--on-blind:#e6edf3}}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.5;
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif}
main,header.top,footer{max-width:92rem;margin:0 auto;padding:0 1.5rem}
header.top{padding-top:2.25rem}
h1{font-size:2rem;line-height:1.2;letter-spacing:-.01em;margin:0 0 .35rem}
h2{font-size:1.3rem;line-height:1.3;margin:2.75rem 0 .35rem}
h3{font-size:1.05rem;margin:1.4rem 0 .3rem}
p{margin:.4rem 0 .8rem;max-width:48rem}
.meta,.note,.soft{color:var(--soft)}
.meta{font-size:.9rem;margin:0}
.lead{font-size:1.2rem;line-height:1.45;max-width:52rem;margin:1.1rem 0}
.note{font-size:.9rem}
.assumed{border-left:3px solid var(--accent);padding:.5rem .9rem;background:var(--card);max-width:52rem;font-size:.92rem}
.assumed ul{margin:.2rem 0;padding-left:1.1rem}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin:1.1rem 0 0;font-size:.92rem}
a{color:var(--accent)}
a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(11.5rem,1fr));gap:.9rem;margin:1.4rem 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.9rem 1.05rem}
.card b{display:block;font-size:1.95rem;line-height:1.15;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
.card span{display:block}.card .of{color:var(--soft);font-size:.88rem}
.card.bad b{color:var(--bad)}
svg.bar{display:block;width:100%;height:.85rem;border-radius:.25rem;margin-top:.5rem}
svg.bar .track{fill:var(--track)}
.scroll{overflow-x:auto;margin:.6rem 0 0}
table{border-collapse:collapse;width:100%;font-size:.92rem}
caption{text-align:left;color:var(--soft);padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.42rem .8rem .42rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{font-weight:600;white-space:nowrap;overflow-wrap:normal}
td.n,th.n{text-align:right;padding-right:1.6rem;font-variant-numeric:tabular-nums;white-space:nowrap;overflow-wrap:normal}
td.w{min-width:14rem}td.nw{white-space:nowrap;overflow-wrap:normal}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
.state{display:inline-block;text-decoration:none;border-radius:.3rem;padding:.05rem .5rem;font-size:.84rem;border:1px solid transparent;white-space:nowrap}
.legend{display:flex;flex-wrap:wrap;gap:.35rem .8rem;list-style:none;padding:0;margin:.7rem 0;font-size:.88rem}
.switch{position:absolute;opacity:0;pointer-events:none}
.tabs{display:flex;flex-wrap:wrap;gap:.35rem;margin:.9rem 0 .4rem}
.tabs label{border:1px solid var(--line);border-radius:2rem;padding:.28rem .95rem;cursor:pointer;font-size:.92rem;background:var(--card)}
.map{display:none}
.columns{display:grid;grid-auto-flow:column;grid-auto-columns:minmax(5.6rem,1fr);gap:.35rem;overflow-x:auto;padding-bottom:.6rem}
.tactic h4{font-size:.78rem;line-height:1.25;margin:0;min-height:3.1rem;display:flex;flex-direction:column;justify-content:space-between}
.tactic h4 span{color:var(--soft);font-weight:400;font-variant-numeric:tabular-nums}
.tactic svg.bar{height:.22rem;margin:.2rem 0 .4rem}
.tactic ul{list-style:none;margin:0;padding:0}
.tile{display:flex;gap:.2rem;padding:.25rem .2rem;border-radius:.25rem;font-size:.69rem;line-height:1.25;min-height:2.15rem;
text-decoration:none;border:1px solid #57606a66;overflow-wrap:anywhere;hyphens:auto}
.tile i{font-style:normal;flex:none;width:.75rem;text-align:center}
.tactic li{margin-bottom:.3rem}
.tactic .subs{display:flex;flex-wrap:wrap;gap:.14rem;margin-top:.14rem}
.tactic .subs li{margin:0}
.chip{display:block;width:1.35rem;height:1.05rem;line-height:1rem;text-align:center;font-size:.7rem;border-radius:.2rem;
text-decoration:none;border:1px solid #57606a66}
.tile:hover,.chip:hover{outline:2px solid var(--ink)}
.stub{border:1px dashed var(--soft);color:var(--soft)}
.unknown{border:1px dashed var(--ink)}
details{border-bottom:1px solid var(--line);padding:.3rem 0}
summary{cursor:pointer;padding:.15rem 0}
summary .state{margin-left:.35rem}
.steps{margin:.2rem 0 .7rem;padding-left:1.2rem;font-size:.92rem}
.steps li{margin:.1rem 0}
.steps li.broken{color:var(--bad)}
:target{scroll-margin-top:1rem}
footer{color:var(--soft);font-size:.85rem;padding-top:2rem;padding-bottom:2.5rem}
@page{size:A4;margin:14mm 13mm}
@page wide{size:A4 landscape;margin:10mm}
@media print{
:root{color-scheme:light;--ground:#fff;--card:#f6f8fa;--ink:#000;--soft:#444;--line:#bbb;--accent:#00557f;--bad:#8a3200;--track:#ddd;--blind:#fff;--on-blind:#000}
html{font-size:10.5px}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
main,header.top,footer{max-width:none;padding:0}
nav,.tabs,.part-why{display:none}
h2,h3{break-after:avoid}tr,li,.card{break-inside:avoid}
.part-map{page:wide;break-before:page}
.map{display:block!important}.map~.map{break-before:page}
.cards{grid-template-columns:repeat(3,1fr)}
.columns{overflow:visible;grid-auto-columns:minmax(0,1fr)}
.tile{font-size:.62rem}
a{color:inherit;text-decoration:none}
}
)";

std::string state_rules() {
  std::string css;
  for (const coverage::State state : coverage::kStatesBestFirst) {
    const coverage::Appearance& look = coverage::appearance_of(state);
    css +=
        state == coverage::State::kBlind
            ? ".s-blind{background:var(--blind);color:var(--on-blind);border-color:var(--soft)}\n"
            : fmt::format(".s-{}{{background:{};color:{}}}\n", coverage::to_string(state),
                          look.fill, look.text);
  }
  return css;
}

std::string switch_rules(std::size_t num_maps) {
  std::string css;
  for (std::size_t i = 0; i < num_maps; ++i) {
    css += fmt::format(
        "#show-{0}:checked~#map-{0}{{display:block}}"
        "#show-{0}:checked~.tabs label[for=show-{0}]{{background:var(--ink);color:var(--ground)}}"
        "#show-{0}:focus-visible~.tabs label[for=show-{0}]"
        "{{outline:3px solid var(--accent);outline-offset:2px}}\n",
        i);
  }
  return css;
}

}  // namespace

std::string page_style(std::size_t num_maps) {
  return std::string(kSheet) + state_rules() + switch_rules(num_maps);
}

}  // namespace nepho::report
