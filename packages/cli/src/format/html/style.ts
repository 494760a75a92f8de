/** The look of the page. Colours are variables; the theme is the reader's, or what the button chose. */
export const STYLE = `
:root { color-scheme: light; --bg: #ffffff; --panel: #f6f7f9; --text: #1c2128; --soft: #57606a; --line: #d0d7de; --link: #0b57d0;
  --error: #b3261e; --warning: #8a5a00; --info: #0b57d0; --mark: #fff1c2; --add: #e3f6e8; --del: #fdeaea; --on: #ffffff; }
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { color-scheme: dark; --bg: #0f1419; --panel: #171d25; --text: #e6e8eb;
  --soft: #a3adb8; --line: #323b46; --link: #8ab4f8; --error: #ff8a80; --warning: #f2c14e; --info: #8ab4f8; --mark: #4a3f12;
  --add: #12351f; --del: #43191b; --on: #0f1419; } }
:root[data-theme=dark] { color-scheme: dark; --bg: #0f1419; --panel: #171d25; --text: #e6e8eb; --soft: #a3adb8; --line: #323b46;
  --link: #8ab4f8; --error: #ff8a80; --warning: #f2c14e; --info: #8ab4f8; --mark: #4a3f12; --add: #12351f; --del: #43191b; --on: #0f1419; }
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 70rem; margin: 0 auto; padding: 1rem 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline; }
h1 { font-size: 1.35rem; margin: 0; }
header p { margin: 0; color: var(--soft); flex: 1 1 16rem; }
a { color: var(--link); }
button, input, select { font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .6rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.filters { position: sticky; top: 0; z-index: 1; background: var(--panel); border: solid var(--line); border-width: 1px 0; }
.filters form { max-width: 70rem; margin: 0 auto; padding: .6rem 1.25rem; display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; }
.filters fieldset { border: 0; margin: 0; padding: 0; display: flex; gap: .9rem; }
.filters legend { float: left; padding: 0; margin-right: .6rem; color: var(--soft); }
.filters fieldset { flex-wrap: wrap; } .filters label { white-space: nowrap; display: inline-flex; gap: .4rem; align-items: center; }
.filters input[type=search] { width: 13rem; max-width: 100%; } .filters select { max-width: 12rem; }
.filters output { color: var(--soft); margin-left: auto; }
ol.findings { list-style: none; margin: 0; padding: 0; }
article { border: 1px solid var(--line); border-radius: 10px; margin: 0 0 1rem; padding: .9rem 1.1rem 1rem; scroll-margin-top: 4.5rem; border-left: 5px solid var(--tone); }
.error { --tone: var(--error); } .warning { --tone: var(--warning); } .info { --tone: var(--info); }
h2 code { font-size: .95em; } h2 { font-size: 1.02rem; margin: 0 0 .25rem; line-height: 1.4; overflow-wrap: anywhere; }
.badge { background: var(--tone); color: var(--on); border-radius: 4px; padding: .08rem .45rem; font-size: .78rem; font-weight: 600; margin-right: .2rem; }
.where { margin: 0 0 .6rem; color: var(--soft); overflow-wrap: anywhere; }
.production { font-weight: 600; color: var(--text); }
code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.path { list-style: none; margin: .4rem 0 .7rem; padding: 0; }
.path li { position: relative; padding: 0 0 .6rem 1.5rem; }
.path li::before { content: ""; position: absolute; left: .3rem; top: .4rem; width: .7rem; height: .7rem; border-radius: 50%; background: var(--bg); border: 2px solid var(--soft); }
.path li:first-child::before { background: var(--tone); border-color: var(--tone); }
.path li::after { content: ""; position: absolute; left: calc(.65rem - 1px); top: 1.25rem; bottom: -.35rem; border-left: 2px solid var(--line); }
.path li:last-child::after { display: none; }
.step { overflow-wrap: anywhere; } .step .at { color: var(--soft); }
pre { margin: .2rem 0 0; padding: .45rem .6rem; background: var(--panel); border-radius: 6px; overflow-x: auto; }
mark { background: var(--mark); color: inherit; border-radius: 3px; padding-bottom: 2px; box-shadow: 0 2px var(--tone); }
.row { color: var(--soft); user-select: none; }
details { margin-top: .5rem; } summary { cursor: pointer; }
.diff ins, .diff del { display: block; text-decoration: none; } .diff ins { background: var(--add); } .diff del { background: var(--del); }
.note { margin: .4rem 0 0; color: var(--soft); overflow-wrap: anywhere; }
.help { margin: .4rem 0 0; white-space: pre-line; overflow-wrap: anywhere; }
footer { color: var(--soft); } kbd { border: 1px solid var(--line); border-radius: 4px; padding: 0 .3rem; font: inherit; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none; }
@media (max-width: 40rem) { .filters { position: static; } .filters output { margin-left: 0; } }
@media print { .filters, #theme, footer { display: none; } article { break-inside: avoid; } }
`;
