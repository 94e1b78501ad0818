/// How a report page looks, and the few lines that move its sliders.
enum ReportStyle {
  /// Colours have names, so that light and dark differ in one place.
  static let css: Markup = """

    :root{--paper:#f7f8f9;--card:#fff;--ink:#171b20;--quiet:#59636e;--line:#e1e5ea;--blue:#2b66d0;
    --violet:#7a4fc4;--amber:#a15c07;--green:#137a4b;--red:#bd2c2c;--wash:#2b66d022}
    @media(prefers-color-scheme:dark){:root{--paper:#0e1116;--card:#161b22;--ink:#e7eaee;--quiet:#98a3af;
    --line:#29313a;--blue:#79a8ff;--violet:#b695f5;--amber:#e3a64f;--green:#5cc992;--red:#ff8080;--wash:#79a8ff2b}}
    *{box-sizing:border-box}html{scroll-behavior:smooth}
    @media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
    main{max-width:1120px;margin:0 auto;padding:40px 24px 64px}
    h1{font-size:clamp(22px,4vw,32px);line-height:1.2;margin:0;letter-spacing:-.015em;overflow-wrap:anywhere}
    h2{font-size:18px;margin:0 0 4px;letter-spacing:-.01em}
    p{margin:0}.quiet{color:var(--quiet)}.from{overflow-wrap:anywhere;margin-top:6px}
    .eyebrow{text-transform:uppercase;letter-spacing:.09em;font-size:12px;font-weight:600;color:var(--blue);margin-bottom:6px}.day{color:var(--quiet);white-space:nowrap}
    section,details{margin-top:40px}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:12px;margin-top:28px}
    .figure,.chart,.warnings,details{background:var(--card);border:1px solid var(--line);border-radius:12px}
    .figure{padding:16px 18px}.figure h2{font-size:13px;font-weight:500;color:var(--quiet);letter-spacing:0;margin:0}
    .value{font-size:28px;line-height:1.25;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
    .more{font-size:13px;color:var(--quiet);line-height:1.45;margin-top:2px}
    .share{height:6px;border-radius:3px;background:var(--line);margin-top:10px;overflow:hidden}
    .share i{display:block;height:100%;background:var(--blue);border-radius:3px;min-width:3px}
    .good{color:var(--green)}.bad{color:var(--red)}
    .warnings{padding:16px 20px;border-left:4px solid var(--amber);margin-top:16px}.warnings ul{margin:6px 0 0;padding-left:20px}
    .warnings li{overflow-wrap:anywhere}
    .chart{margin:14px 0 0;padding:16px 20px 12px}
    .chart figcaption{font-size:14px;display:flex;flex-wrap:wrap;gap:2px 16px;align-items:baseline;margin-bottom:14px}
    .chart figcaption b{margin-right:auto;font-weight:600}
    .key{font-size:12px;color:var(--quiet);display:inline-flex;align-items:center;gap:6px}
    .key:before{content:"";width:18px;border-top:2px solid var(--blue)}
    .key.dashed:before{border-top:2px dashed var(--amber)}.key.thin:before{border-top:1px solid var(--ink)}
    .key.line:before{border-top-width:3px}.key.area:before{border:0;height:10px;background:var(--blue);opacity:.25}
    .plot{position:relative;margin-left:52px}.plot svg{display:block;width:100%;height:100%;overflow:visible}
    .plot path,.plot rect{vector-effect:non-scaling-stroke}
    .grid{stroke:var(--line);fill:none}.band{fill:var(--blue);opacity:.22}
    .curve{stroke:var(--blue);stroke-width:1.5;fill:none;stroke-linejoin:round}
    .target{stroke:var(--amber);stroke-width:1.5;stroke-dasharray:5 4;fill:none}
    .range{fill:var(--blue);opacity:.25}.mean{stroke:var(--blue);stroke-width:3;fill:none}
    .bits{fill:var(--violet);opacity:.75}.average{stroke:var(--ink);fill:none;opacity:.7}
    .catch{fill:transparent}.segment:hover .catch{fill:var(--wash)}.segment:hover .bits{opacity:1}
    .y{position:absolute;right:calc(100% + 8px);transform:translateY(-50%);font-size:12px;color:var(--quiet);white-space:nowrap;font-variant-numeric:tabular-nums}
    .times{position:relative;height:22px;margin:6px 0 0 52px}
    .x{position:absolute;transform:translateX(-50%);font-size:12px;color:var(--quiet);font-variant-numeric:tabular-nums}
    .mark{position:absolute;transform:translate(-50%,6px);min-width:18px;height:18px;border-radius:9px;background:var(--ink);color:var(--card);
    font-size:11px;line-height:18px;font-weight:600;text-align:center;text-decoration:none}
    .mark:hover,.mark:focus-visible{background:var(--blue)}
    .moments{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,460px),1fr));gap:20px;margin-top:14px}
    .moment{margin:0;scroll-margin-top:16px}.moment:target .pair{outline:3px solid var(--blue);outline-offset:2px}
    .moment figcaption{font-size:13px;color:var(--quiet);margin-top:8px;font-variant-numeric:tabular-nums}
    .moment figcaption b{display:inline-block;min-width:18px;height:18px;border-radius:9px;background:var(--ink);color:var(--card);font-size:11px;line-height:18px;text-align:center;margin-right:6px}
    .pair{--at:50%;position:relative;overflow:hidden;border-radius:8px;background:#000;width:100%}
    .pair img{position:absolute;inset:0;width:100%;height:100%;display:block}
    .pair .source{clip-path:inset(0 calc(100% - var(--at)) 0 0)}
    .divide{position:absolute;top:0;bottom:0;left:var(--at);width:2px;margin-left:-1px;background:#fff;box-shadow:0 0 0 1px #0006;pointer-events:none}
    .divide:after{content:"";position:absolute;top:50%;left:50%;width:30px;height:30px;margin:-15px;border-radius:50%;background:#fff;box-shadow:0 1px 5px #0008;
    background-image:linear-gradient(90deg,#0000 11px,#444 11px 12.5px,#0000 12.5px 17.5px,#444 17.5px 19px,#0000 19px);background-size:30px 12px;background-position:0 50%;background-repeat:no-repeat}
    .pair input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:ew-resize;touch-action:pan-y}
    .pair:focus-within{outline:3px solid var(--blue);outline-offset:2px}
    .tag{position:absolute;bottom:8px;padding:1px 8px;border-radius:4px;background:#000a;color:#fff;font-size:12px;pointer-events:none}
    .tag.left{left:8px}.tag.right{right:8px}
    details{margin-top:12px}details:first-of-type{margin-top:40px}
    summary{padding:13px 20px;font-weight:600;cursor:pointer;border-radius:12px}
    summary:focus-visible,.mark:focus-visible{outline:3px solid var(--blue);outline-offset:2px}
    .wide{overflow-x:auto;padding:0 20px 14px}
    table{border-collapse:collapse;width:100%;font-size:13px;font-variant-numeric:tabular-nums}
    th,td{text-align:left;padding:6px 14px 6px 0;border-top:1px solid var(--line);vertical-align:top}
    thead th{border-top:0;font-weight:500;color:var(--quiet);white-space:nowrap}tbody th{font-weight:500;white-space:nowrap}
    .numbers td,.number{text-align:right;white-space:nowrap}.words td{overflow-wrap:anywhere;min-width:90px}
    @media(max-width:560px){main{padding:24px 14px 48px}.minor{display:none}.chart{padding:14px 14px 10px}
    .wide{padding:0 14px 12px}summary{padding:12px 14px}.figures{grid-template-columns:1fr 1fr;gap:10px}.figure{padding:12px 14px}.value{font-size:22px}
    .plot,.times{margin-left:48px}}
    @media print{body{background:#fff}.chart,.moment,.figure{break-inside:avoid}}

    """

  /// The slider over a pair moves the line between its pictures.
  static let script: Markup = """

    for(const s of document.querySelectorAll('.pair input'))s.addEventListener('input',()=>s.parentNode.style.setProperty('--at',s.value+'%'));

    """
}
