import { Config, silentTalk } from '@bellwether/core';
import { migrate, openWarehouse } from '@bellwether/warehouse';
import { metricViews, buildReport } from '@bellwether/metrics';
import { collect, sources } from '@bellwether/sources';
import { deriveChanged } from '@bellwether/derive';
import { rmSync } from 'node:fs';
const p='/tmp/w/prof'; if (process.argv[3]!=='keep') rmSync(p,{recursive:true,force:true});
const T=(l)=>{console.log(l.padEnd(12),(performance.now()-t).toFixed(0),'ms cpu',(process.cpuUsage(c).user/1000).toFixed(0),(process.cpuUsage(c).system/1000).toFixed(0),'rss',(process.memoryUsage().rss/1e6).toFixed(0)); t=performance.now(); c=process.cpuUsage()};
let t=performance.now(); let c=process.cpuUsage(); console.log('import',t.toFixed(0));
const w=await openWarehouse({path:p}); T('open');
await migrate(w,{views:metricViews()}); T('migrate');
const config=Config.parse({});
for (const name of ['insert','replaceByDifference','readRows','query','command']) { const f=w[name].bind(w); w[name]=async(...a)=>{const s=performance.now(); const r=await f(...a); if (process.env.V) console.log('   ',name,a[0]?.qualified??String(a[0]).slice(0,60).replace(/\n/g,' '), Array.isArray(a[1])?a[1].length:Array.isArray(a[2])?a[2].length:'', (performance.now()-s).toFixed(0)); return r;} }
const r=await collect({warehouse:w,source:sources[0],targets:[{path:process.argv[2]}],config,secret:'x'.repeat(20),talk:silentTalk}); T('collect');
await deriveChanged({warehouse:w,rules:{failures:config.failures},talk:silentTalk,signal:new AbortController().signal}); T('derive');
await buildReport(w,{repo:r.targets[0].repo,services:[],grain:'month',timeZone:'UTC',benchmark:'2024',bots:'exclude'}); T('report');
await w.close(); T('close'); console.log('max rss', process.resourceUsage().maxRSS/1024);
