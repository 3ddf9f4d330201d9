import { benchGitHubLimits } from './github-limits.bench.ts';
const t=Date.now(); await benchGitHubLimits(); console.log('real s',(Date.now()-t)/1000);
