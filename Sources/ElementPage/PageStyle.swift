/// How all pages look: one style sheet, in the type, spaces and colours of the design; light and dark, for a desk, a telephone and paper.
enum PageStyle {
  /// The sheet, with what the margins of paper say, and what wide tables say on a telephone.
  static func sheet(margin: String, wide: String) -> String {
    pieces.map { $0.joined(separator: quoted(wide)) }.joined(separator: quoted(margin))
  }

  /// The text cut at what is filled in, once: thousands of pages are made of it.
  private static let pieces = text.split(separator: "{margin}").map { $0.split(separator: "{wide}") }

  /// A text as it stands between quotes in CSS: whatever could end it, or the element, is left out.
  private static func quoted(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && !["\"", "\\", "<", ">"].contains($0) }))
  }

  private static let text = """
    :root{color-scheme:light dark;
    --paper:#fff;--wash:#f4f6f8;--ink:#17202b;--ink2:#46515e;--ink3:#5e6a78;--hair:#d6dce3;--rule:#17202b;
    --accent:#0a5c9e;--accent-wash:#e4eef7;--mark:#7f8c9a;--soft:#c3ccd5;
    --signal:#a3400c;--signal-fill:#cf6a26;--low:#fbeadf;--far:#f4c9ab;
    --s1:12px;--s2:13px;--s3:15px;--s4:18px;--s5:22px;--s6:30px}
    @media (prefers-color-scheme:dark){:root{
    --paper:#11161c;--wash:#1a2129;--ink:#e9edf2;--ink2:#b8c1cc;--ink3:#9aa5b2;--hair:#2f3944;--rule:#8b97a5;
    --accent:#78b7ec;--accent-wash:#1a2f45;--mark:#7d8a98;--soft:#4a5663;
    --signal:#f2a572;--signal-fill:#dc8243;--low:#35251b;--far:#6b3f22}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-behavior:smooth;scroll-padding-top:16px}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    body{margin:0;background:var(--paper);color:var(--ink);
    font:var(--s3)/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC","Hiragino Sans GB","WenQuanYi Micro Hei",sans-serif;
    font-variant-numeric:tabular-nums lining-nums;overflow-wrap:break-word}
    h1,h2,h3,p,ol,ul,dl,dd,figure,table{margin:0;padding:0}
    ol,ul{list-style:none}
    a{color:var(--accent);text-underline-offset:3px;text-decoration-thickness:1px}
    a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    .skip{position:absolute;left:-999px}.skip:focus{left:16px;top:8px;background:var(--paper);padding:4px 8px;z-index:2}
    .hide{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .page{max-width:1264px;margin:0 auto;padding:0 32px}
    .grid{display:grid;grid-template-columns:repeat(12,minmax(0,1fr));column-gap:24px}
    .num{text-align:right;white-space:nowrap}
    .bad{color:var(--signal)}.good{color:var(--accent)}.dim{color:var(--ink3)}
    svg{display:block;overflow:visible}
    svg text{font-size:var(--s1);fill:var(--ink2)}
    svg text.b{fill:var(--ink);font-weight:600}svg text.bad{fill:var(--signal)}svg text.good{fill:var(--accent)}
    .f-new{fill:var(--signal-fill)}.f-fix{fill:var(--accent)}.f-mark{fill:var(--mark)}.f-soft{fill:var(--soft)}.f-ink{fill:var(--ink)}
    .line{fill:none;stroke:var(--ink2);stroke-width:1.5;vector-effect:non-scaling-stroke;stroke-linejoin:round}
    .axis{stroke:var(--rule);stroke-width:1}.gridline{stroke:var(--hair);stroke-width:1}
    .target{stroke:var(--accent);stroke-width:1;stroke-dasharray:3 3}
    .tick{stroke:var(--ink);stroke-width:2}
    .top{border-top:4px solid var(--accent);padding:16px 0 12px}
    .top .page{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:4px 32px}
    h1{font-size:var(--s4);font-weight:600;line-height:1.4}
    .meta{display:flex;flex-wrap:wrap;gap:2px 20px;font-size:var(--s1);color:var(--ink3)}
    .meta div{display:flex;gap:6px}.meta dd{color:var(--ink2)}
    .first h2{font-size:var(--s3);font-weight:600;line-height:1.5}
    .verdict{padding:20px 0 22px;border-top:1px solid var(--rule)}
    .verdict p.say{font-size:var(--s6);line-height:1.36;font-weight:600;letter-spacing:.005em}
    .say span{display:inline-block}.say .first-do{color:var(--signal)}
    .facts{display:flex;flex-wrap:wrap;gap:2px 28px;margin-top:8px;color:var(--ink2)}
    .facts b{color:var(--ink);font-weight:600}
    .dims{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));column-gap:24px;border-top:1px solid var(--hair);padding-top:12px}
    .dims li{display:grid;grid-template-columns:1fr auto;grid-template-areas:"n s" "v c" "k k" "t t";align-items:baseline;row-gap:0}
    .dims .n{grid-area:n;font-weight:600;font-size:var(--s3)}
    .dims .s{grid-area:s;font-size:var(--s1);text-align:right}
    .dims .v{grid-area:v;font-size:var(--s6);line-height:1.3;font-weight:600;letter-spacing:-.01em}
    .dims .v small{font-size:var(--s2);font-weight:400;color:var(--ink3);margin-left:2px}
    .dims .c{grid-area:c;font-size:var(--s2);color:var(--ink2);white-space:nowrap;text-align:right}
    .dims .k{grid-area:k;height:50px;margin:8px 4px 2px 0}
    .dims .t{grid-area:t;font-size:var(--s1);color:var(--ink3)}
    .now{padding-top:26px}
    .now .left{grid-column:span 5}.now .right{grid-column:7/-1}
    .trio{display:grid;grid-template-columns:repeat(3,1fr);border-top:1px solid var(--hair);margin-top:4px;padding-top:8px}
    .trio dt{font-size:var(--s2);color:var(--ink2);display:flex;align-items:center;gap:6px}
    .trio dd{font-size:var(--s6);line-height:1.3;font-weight:600;letter-spacing:-.01em}
    .trio dd small{display:block;font-size:var(--s1);line-height:1.5;font-weight:400;color:var(--ink3);letter-spacing:0}
    .key{display:inline-block;width:10px;height:10px;flex:none}
    .key.up{background:var(--signal-fill)}.key.down{background:var(--accent)}.key.stay{background:var(--mark)}.key.hollow{border:1px solid var(--mark)}
    .key.hatch{background:repeating-linear-gradient(45deg,var(--signal-fill) 0 2px,var(--paper) 2px 4px);outline:1px solid var(--signal-fill);outline-offset:-1px}
    .todo{counter-reset:n;border-top:1px solid var(--hair);margin-top:4px}
    .todo li{position:relative;display:grid;grid-template-columns:28px minmax(0,1fr) auto;column-gap:8px;padding:8px 0 9px;border-bottom:1px solid var(--hair);counter-increment:n}
    .todo li::before{content:counter(n);font-size:var(--s5);line-height:1.2;font-weight:600;color:var(--accent);grid-row:span 2}
    .todo .what{font-weight:600;line-height:1.5}
    .todo .count{font-weight:600;font-size:var(--s4);line-height:1.3;text-align:right;white-space:nowrap}
    .todo .count small{font-size:var(--s1);font-weight:400;color:var(--ink3);margin-left:2px}
    .todo .who{grid-column:2/-1;font-size:var(--s2);color:var(--ink2);line-height:1.5;display:flex;justify-content:space-between;gap:16px}
    .todo .who a{white-space:nowrap}.todo .who a::after{content:"";position:absolute;inset:0}.todo li:hover .what{color:var(--accent)}
    .sum{font-size:var(--s2);color:var(--ink2);padding-top:8px}
    .cut{display:flex;justify-content:space-between;flex-wrap:wrap;gap:4px 24px;font-size:var(--s1);color:var(--ink3);border-top:1px solid var(--rule);margin-top:22px;padding:8px 0 0}
    .toc{padding:40px 0 8px}
    .toc ol{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:12px 24px}
    .toc a{display:block;text-decoration:none;font-weight:600}
    .toc a:hover{text-decoration:underline}
    .toc span{display:block;font-size:var(--s1);font-weight:400;color:var(--ink3);line-height:1.5}
    .sec{border-top:1px solid var(--rule);margin-top:48px;padding-top:16px}
    .sec>.side{grid-column:span 3}.sec>.main{grid-column:4/-1;min-width:0}
    .side h2{font-size:var(--s5);line-height:1.35;font-weight:600}
    .side .ask{margin-top:6px;color:var(--ink2);font-size:var(--s2);max-width:22em}
    .side .for{margin-top:8px;font-size:var(--s1);color:var(--ink3)}
    @media (min-width:900px){.side>div{position:sticky;top:16px;padding-bottom:24px}}
    .main>*+*{margin-top:32px}.main>details{margin-top:12px}.main>.note+.cols3{margin-top:16px}.main>.lead+*{margin-top:16px}
    .p32{margin-left:32px;width:calc(100% - 32px)}.p84{margin-left:84px;width:calc(100% - 194px)}.p76{margin-left:76px;width:calc(100% - 122px)}
    h3,figcaption .h{font-size:var(--s3);font-weight:600;line-height:1.5}
    .note{font-size:var(--s2);color:var(--ink2);max-width:46em}
    h3+.note{margin-top:2px}
    figcaption{margin-bottom:8px}
    figcaption span{display:block;font-size:var(--s2);color:var(--ink2)}figcaption .h{font-size:var(--s3);color:var(--ink)}
    .cols3{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:24px}
    .cols2{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:24px 32px}
    details{font-size:var(--s2);margin-top:8px}
    summary{color:var(--accent);cursor:pointer;font-size:var(--s1);width:max-content;max-width:100%}
    details[open] summary{margin-bottom:6px}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:var(--s2);line-height:1.5}
    caption{text-align:left;font-weight:600;font-size:var(--s3);padding-bottom:6px}
    caption span{display:block;font-weight:400;font-size:var(--s2);color:var(--ink2)}
    th,td{padding:5px 8px;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--hair)}
    th:first-child,td:first-child{padding-left:0}th:last-child,td:last-child{padding-right:0}
    thead th{font-weight:400;color:var(--ink3);font-size:var(--s1);border-bottom:1px solid var(--rule);vertical-align:bottom;line-height:1.4}
    tbody th{font-weight:400;min-width:4em}
    th.num,td.num{text-align:right;white-space:nowrap}
    tr.group th{font-weight:600;padding-top:14px;color:var(--ink2)}
    tfoot th,tfoot td,tr.total th,tr.total td{font-weight:600;border-top:1px solid var(--rule)}
    .bar{display:block;width:100%;height:8px;min-width:40px}
    .inbar{width:22%;vertical-align:middle}.inbar.s{width:15%}
    .raw td,.raw th{padding:2px 8px;font-size:var(--s1)}
    .raw td,.raw th+th{text-align:right;white-space:nowrap}
    .list td.inbar{padding-left:0}
    .list td,.list th{padding:4px 6px}
    .list th:first-child{padding-left:0}
    .list tbody tr:last-child>*{border-bottom:0}
    .list caption{border-top:2px solid var(--ink);padding-top:6px;display:table-caption}
    .list caption b{float:right;font-size:var(--s5);line-height:1.1}
    .code{font-size:var(--s1);color:var(--ink3);margin-left:6px;white-space:nowrap}
    .heat td,.heat th{padding:4px 8px;border-bottom:1px solid var(--paper);vertical-align:middle}
    .heat th:first-child{padding-left:0;white-space:nowrap}.heat thead th{vertical-align:bottom}
    .heat td.c{text-align:right;white-space:nowrap;width:9.2%;border-left:1px solid var(--paper)}
    .heat thead th{border-bottom:1px solid var(--rule)}
    .heat tr.comm th,.heat tr.comm td{font-weight:600;border-top:2px solid var(--soft);padding-top:6px}
    .heat tbody:first-of-type tr.comm>*{border-top:1px solid var(--rule)}
    .heat tfoot tr:first-child>*{border-top:2px solid var(--rule)}.heat tfoot tr+tr>*{border-top:0;font-weight:400}
    .heat .low{background:var(--low);color:var(--ink)}
    .heat .far{background:var(--far);color:var(--ink);font-weight:600}
    .far::before{content:"●";font-size:8px;margin-right:4px;vertical-align:2px}
    .heat .ok{color:var(--ink2)}
    .heat .sp{width:98px}.heat .sp svg{margin-left:auto}
    .legend{display:flex;flex-wrap:wrap;gap:4px 20px;font-size:var(--s1);color:var(--ink2);margin-bottom:8px}
    .legend i{font-style:normal;display:inline-flex;align-items:center;gap:6px}
    .sw{display:inline-block;min-width:34px;padding:0 5px;text-align:right;line-height:18px;color:var(--ink)}
    .sw.low{background:var(--low)}.sw.far{background:var(--far);font-weight:600}.sw.ok{border:1px solid var(--hair);line-height:16px;color:var(--ink2)}
    .multi{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:28px 32px}
    .multi h3{font-size:var(--s2);font-weight:600;display:flex;justify-content:space-between;gap:8px;border-top:1px solid var(--hair);padding-top:6px}
    .multi h3 span{font-weight:400;white-space:nowrap}
    .bul{width:46%}.duty td,.duty th{vertical-align:middle}.duty thead th{vertical-align:bottom}.bul svg{margin:12px 0 0}
    .score{font-size:var(--s5);font-weight:600;line-height:1.4}
    .score small{font-size:var(--s2);font-weight:400;color:var(--ink2)}
    .st{white-space:nowrap}.ph{display:none}
    .say,.score,.facts,.sum{word-break:keep-all;overflow-wrap:anywhere}
    .mid td,.mid tbody th{vertical-align:middle}.nw tbody th{white-space:nowrap}
    .excs{border-top:1px solid var(--hair);font-size:var(--s2)}
    .excs li{display:grid;grid-template-columns:6.4em 13em minmax(0,1fr);gap:0 12px;padding:5px 0;border-bottom:1px solid var(--hair)}
    .alarm{border:2px solid var(--signal);padding:12px 16px;margin-top:16px;font-weight:600}
    .empty{color:var(--ink2);border-left:3px solid var(--hair);padding-left:12px}
    code{font:.94em/1.4 "Noto Sans Mono",Consolas,monospace}
    pre{white-space:pre-wrap;overflow-wrap:anywhere;font:var(--s1)/1.5 "Noto Sans Mono",Consolas,monospace;background:var(--wash);padding:6px 8px;margin:4px 0}
    .main ul{font-size:var(--s2)}.main ul li{padding:3px 0;border-bottom:1px solid var(--hair)}
    .codes{columns:4 13em;column-gap:24px;font-size:var(--s2)}.codes span{display:block;break-inside:avoid}
    .foot{border-top:1px solid var(--rule);margin-top:56px;padding:12px 0 40px;font-size:var(--s1);color:var(--ink3)}
    @media (max-width:899px){
    .sec>.side,.sec>.main{grid-column:1/-1}.sec>.main{margin-top:20px}
    .now .left,.now .right{grid-column:1/-1}.now .right{margin-top:28px}
    .cols3,.cols2,.multi{grid-template-columns:minmax(0,1fr)}
    .dims{grid-template-columns:repeat(3,minmax(0,1fr));row-gap:20px}
    .toc ol{grid-template-columns:repeat(2,minmax(0,1fr))}
    }
    @media (max-width:599px){
    :root{--s6:26px;--s5:20px}
    .page{padding:0 16px}
    .top{padding:12px 0 10px}
    .meta{gap:0 14px}
    .verdict{padding:14px 0 16px}
    .verdict p.say{font-size:22px;line-height:1.42}
    .facts{font-size:var(--s2);gap:0 16px;margin-top:6px}
    .dims{grid-template-columns:minmax(0,1fr);row-gap:0;padding-top:0;border-top:0}
    .dims li{grid-template-columns:5.2em minmax(0,1fr) 4.2em 3.4em;grid-template-areas:"n k v c" "s k v t";column-gap:10px;align-items:center;border-top:1px solid var(--hair);padding:7px 0}
    .dims .v{font-size:var(--s5);text-align:right}.dims .v small{display:none}
    .dims .c,.dims .t{text-align:right}
    .dims .k{height:50px;margin:0}
    .dims .n,.dims .s{line-height:1.4;text-align:left}
    .todo .who{display:block}.todo .who>span{margin-right:8px}
    .sec{margin-top:36px}
    .toc{padding-top:28px}
    .heat td,.heat th,.few td,.few th{padding:4px 5px}.few th:first-child{padding-left:0}.few td:last-child,.few th:last-child{padding-right:0}
    .opt{display:none}.ph{display:block;font-size:var(--s1);color:var(--ink3)}
    .excs li{grid-template-columns:minmax(0,1fr)}
    .heat td.c{width:auto}.heat td,.heat th{padding-left:3px;padding-right:4px}.far::before{margin-right:2px}.few .code{display:none}.heat.few tbody th{white-space:normal;min-width:6em}.duty tbody th{min-width:7.2em;font-size:var(--s1)}
    .wide caption::after{content:"{wide}";display:block;font-size:var(--s1);font-weight:400;color:var(--ink3)}
    .bul{width:42%}.bul svg{min-width:110px}
    table.wide{min-width:640px}
    }
    @page{size:A4;margin:14mm 12mm 15mm;
    @bottom-left{content:"{margin}";font:8pt "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#5e6a78}
    @bottom-right{content:counter(page) " / " counter(pages);font:8pt "Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#5e6a78}}
    @media print{
    :root{color-scheme:light;--paper:#fff;--wash:#f4f6f8;--ink:#17202b;--ink2:#46515e;--ink3:#5e6a78;--hair:#d6dce3;--rule:#17202b;
    --accent:#0a5c9e;--accent-wash:#e4eef7;--mark:#7f8c9a;--soft:#c3ccd5;--signal:#a3400c;--signal-fill:#cf6a26;--low:#fbeadf;--far:#f4c9ab;
    --s1:8pt;--s2:8.5pt;--s3:9.5pt;--s4:12pt;--s5:14pt;--s6:19pt}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    body{line-height:1.5}
    .page{padding:0;max-width:none}
    a{color:inherit;text-decoration:none}
    .toc,.skip,details:not([open]),.todo .who a{display:none}
    .top{padding:8px 0 6px}
    .first{break-after:page}
    .dims{grid-template-columns:repeat(6,minmax(0,1fr));column-gap:14px;row-gap:0}
    .now .left,.now .right{grid-column:1/-1}
    .sec{display:block;margin-top:22px;padding-top:8px}
    tfoot{display:table-row-group}
    .sec>.side,.sec>.main{grid-column:1/-1}.sec>.main{margin-top:10px}
    .side .ask{max-width:none}.side .for{margin-top:0}
    .side{break-inside:avoid;break-after:avoid}
    .main>*+*{margin-top:18px}
    .cols3{grid-template-columns:repeat(3,minmax(0,1fr));gap:14px}
    .cols2{grid-template-columns:repeat(2,minmax(0,1fr));gap:16px 20px}
    .multi{grid-template-columns:repeat(3,minmax(0,1fr));gap:16px 18px}
    figure,.multi>*,tr,.todo li{break-inside:avoid}
    thead{display:table-header-group}
    h2,h3,caption,figcaption{break-after:avoid}
    th,td{padding:2.5pt 4pt}.heat td,.heat th{padding:1.6pt 4pt}
    .scroll{overflow:visible}
    .keep,.cols3,.cols2,.lead,.excs{break-inside:avoid}.duty td,.duty tbody th{padding-top:0;padding-bottom:1pt}
    .foot{margin-top:10px;padding:4px 0 0}.bul svg{margin-top:10px}.fresh{break-before:page}
    .verdict{padding:12px 0}.now{padding-top:12px}.now .right{margin-top:8px}.dims{padding-top:8px}.cut{margin-top:10px;padding-top:5px}
    .todo li{padding:5px 0 5px}.dims .v{font-size:15pt}
    }
    .a-lo{fill:var(--far)}.a-hi{fill:var(--accent-wash)}.halo{paint-order:stroke;stroke:var(--paper);stroke-width:3px}.hollow{fill:var(--paper);stroke:var(--mark)}.f-bg{fill:var(--wash)}.f-low{fill:var(--low)}.tb{font-weight:600;fill:var(--ink)}.d-ok{fill:var(--ink2);fill-opacity:.72}.d-bad{fill:var(--paper);stroke:var(--signal);stroke-width:1.5}
    """
}
