import { describe, expect, it } from 'vitest';
import { ByteCache } from '../../../src/main/trace/byte-cache.ts';

describe('ByteCache', () => {
  it('forgets what was used longest ago once it holds too many bytes', () => {
    const cache = new ByteCache<string>(100);
    cache.set(1, 'a', 40);
    cache.set(2, 'b', 40);
    expect(cache.get(1)).toBe('a');
    cache.set(3, 'c', 40);
    expect([1, 2, 3].map((key) => cache.get(key))).toEqual(['a', undefined, 'c']);
    // The same key again counts once.
    for (let k = 0; k < 10; k += 1) cache.set(3, 'd', 60);
    expect([1, 3].map((key) => cache.get(key))).toEqual(['a', 'd']);
    // What is larger than the cache is kept until the next one comes.
    cache.set(4, 'e', 1000);
    expect([1, 3, 4].map((key) => cache.get(key))).toEqual([undefined, undefined, 'e']);
  });
});
