import { describe, expect, it } from 'vitest';
import { cityHash128 } from './city-hash.ts';
import { packedBlocks } from './packed-blocks.ts';

describe('CityHash128 of version 1.0.2', () => {
  /** From the test data of github.com/go-faster/city, made with ClickHouse's own source. */
  it.each<[text: string, low: bigint, high: bigint]>([
    ['', 4463240938071824939n, 4374473821787594281n],
    ['a', 15163964786936388304n, 18266194243813403894n],
    ['abcd', 15137505341054233748n, 14767571255030181100n],
    ['abcdefgh', 5450273043562147764n, 18090582611594380852n],
    ['ClickHouse', 3964518429637719570n, 8562533408163042306n],
    ['0123456789@0123', 4226269686736976323n, 5069520701909446915n],
    ["0123456789'01234", 5376997234998077898n, 10566044557984082456n],
    ['0123456789=012345', 624285883343621191n, 8956332536468243975n],
    ['size:  a.out:  bad magic', 18153091936184608554n, 14295249992360344248n],
    ['inngL?!RLNROnX?#n+z)Ac^eIsFj+%*#rh*vlR.)CuUaTy=ax', 14993973763176725455n, 3769906316208312210n],
    [
      'ZbV=h)lBPHuLGx,vf!R.NHF-MOAWFlKn@k=Hm-LG KJCTJqjHPqStz+.ShomHy^zqP.Poa%_RTG_!=wGt?eN+uFCp@KVwzqst^QCozp%L$g)E(Mfiv(g^gVv%Mnmf#zPj',
      1985067433765390812n,
      9924302715345474825n,
    ],
    [
      'jZzhcVBhsofAD-sQS%JAV@xmQE.wA.cytMSEjyIdeC+qKCemcT=@WfUa)%s.AfyKTCc.NlXOUQzapNqK(aM^=UWn-RzQUGfLUUSaySOheW.x!?uqrRN$c)HyOTaqjKDlcyNIXCZF#o=h%WVFl$bD)FNEhRsjk?ZtImcMX!soXKUOV',
      6241079862642246371n,
      1026379968709292011n,
    ],
    [
      'w#cOgJDtjs*!NJ^xylrtdfOQIo?XuBOQHBvYOg*hZDYe.eMQJ%run*!bk=RL?G) We^gFXEb*rzd#=SzhBjk,.hRdyLp=wr RPtvG@b#z*hhVvXNC.Owi$zwq,m))friZoV!f^toDaYm,sl)nvq#(+dR D*K=$fs ^d(ZWlXlh.=zvyKZVfR#aCjbgArD ,,OzqHN AHg_mcw,dgUBu^GfULfu%EZT_gPoSfDc=+aC(qra(j!',
      6016864473310305444n,
      8713267011881921068n,
    ],
  ])('%j', (text, low, high) => {
    expect(cityHash128(Buffer.from(text))).toEqual([low, high]);
  });

  it('of bytes that lie within others', () => {
    const bytes = Buffer.from('--ClickHouse--').subarray(2, 12);
    expect(cityHash128(bytes)).toEqual([3964518429637719570n, 8562533408163042306n]);
  });
});

/** Takes blocks apart as a client does, by the description of the format and not by what wrote them. */
function unpacked(blocks: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < blocks.length;) {
    const size = blocks.readUInt32LE(at + 17);
    const body = blocks.subarray(at + 16, at + 16 + size);
    expect(body[0]).toBe(0x82);
    expect([blocks.readBigUInt64LE(at), blocks.readBigUInt64LE(at + 8)]).toEqual(cityHash128(body));
    let from = 10;
    let literals = body[9]! >> 4;
    expect(body[9]! & 15).toBe(0);
    for (let more = literals === 15 ? 255 : 0; more === 255; literals += more) more = body[from++]!;
    parts.push(body.subarray(from, from + literals));
    expect([from + literals, literals]).toEqual([size, body.readUInt32LE(5)]);
    at += 16 + size;
  }
  return Buffer.concat(parts);
}

async function pack(...chunks: Uint8Array[]): Promise<Buffer> {
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* chunks;
  }
  const blocks: Uint8Array[] = [];
  for await (const block of packedBlocks(all())) blocks.push(block);
  return Buffer.concat(blocks);
}

describe('a result in compressed blocks', () => {
  it.each([1, 14, 15, 16, 269, 270, 271, 32_767, 32_768, 32_769, 100_000])('of %i bytes', async (length) => {
    const bytes = Buffer.from(Array.from({ length }, (_, at) => (at * 31) % 251));
    expect(unpacked(await pack(bytes)).equals(bytes)).toBe(true);
    expect(unpacked(await pack(bytes, bytes)).equals(Buffer.concat([bytes, bytes]))).toBe(true);
  });

  it('of nothing is nothing', async () => {
    expect(await pack()).toHaveLength(0);
    expect(await pack(new Uint8Array())).toHaveLength(0);
  });
});
