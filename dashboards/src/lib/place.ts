/** Where a panel stands: columns of 24, rows of 30 pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const COLUMNS = 24;

/**
 * From left to right, and on below where a line is full: what is too wide begins a line of its own.
 *
 * @param top where the first line begins
 */
export function placesOf(
  sizes: readonly { width: number; height: number }[],
  top: number,
): { places: Place[]; bottom: number } {
  let [x, y, lineHeight] = [0, top, 0];
  const places = sizes.map(({ width, height }) => {
    if (x + width > COLUMNS) [x, y, lineHeight] = [0, y + lineHeight, 0];
    const place = { x, y, w: width, h: height };
    x += width;
    lineHeight = Math.max(lineHeight, height);
    return place;
  });
  return { places, bottom: y + lineHeight };
}
