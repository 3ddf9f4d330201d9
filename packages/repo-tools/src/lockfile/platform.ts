/** What npm compares before it installs a package; an absent field means "any". */
export interface Platform {
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

const osNames: Readonly<Record<string, string>> = {
  aix: 'aix',
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  linuxmusl: 'linux',
  macos: 'darwin',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  win32: 'win32',
  windows: 'win32',
};

const cpuNames: Readonly<Record<string, string>> = {
  '64': 'x64',
  aarch64: 'arm64',
  amd64: 'x64',
  arm: 'arm',
  arm64: 'arm64',
  armv7: 'arm',
  ia32: 'ia32',
  loong64: 'loong64',
  mips64el: 'mips64el',
  ppc64: 'ppc64',
  ppc64le: 'ppc64',
  riscv64: 'riscv64',
  s390x: 's390x',
  wasm32: 'wasm32',
  x64: 'x64',
};

const libcNames: Readonly<Record<string, string>> = { gnu: 'glibc', musl: 'musl', linuxmusl: 'musl' };

/**
 * Reads the platform off a package's name: `@chdb/lib-linux-arm64-gnu` is Linux, arm64, glibc.
 * What the name does not say is left out, and npm then tries the package everywhere and
 * lets it go where it cannot be had, because it is optional.
 */
export function platformOfName(name: string): Platform {
  const words = name.slice(name.indexOf('/') + 1).split(/[-_.]/);
  const os = firstKnown(words, osNames);
  const cpu = firstKnown(words, cpuNames);
  const libc = firstKnown(words, libcNames);
  return {
    ...(os !== undefined && { os: [os] }),
    ...(cpu !== undefined && { cpu: [cpu] }),
    // Only Linux has two C libraries; npm refuses a package with `libc` on every other system.
    ...(os === 'linux' && libc !== undefined && { libc: [libc] }),
  };
}

function firstKnown(words: readonly string[], names: Readonly<Record<string, string>>): string | undefined {
  return words.map((word) => names[word]).find((known) => known !== undefined);
}
