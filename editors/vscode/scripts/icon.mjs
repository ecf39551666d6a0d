// Draws media/icon.png: three arrows from one point, of which one arrives. No drawing program, so that it can be redrawn.

import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

const SIZE = 256;
/** Points that are averaged for one of the picture, in each direction. */
const FINE = 4;

const BLUE = [17, 72, 130];
const PALE = [124, 170, 214];
const WHITE = [255, 255, 255];

/** Distance of a point from the line between two others. */
function toLine(x, y, [x1, y1], [x2, y2]) {
    const [dx, dy] = [x2 - x1, y2 - y1];
    const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
    return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

/** The colour and opacity at a point of a picture that is 1 wide and high. */
function colour(x, y) {
    const corner = 0.18;
    const [cx, cy] = [Math.max(Math.abs(x - 0.5) - 0.5 + corner, 0), Math.max(Math.abs(y - 0.5) - 0.5 + corner, 0)];
    if (Math.hypot(cx, cy) > corner) {
        return [...BLUE, 0];
    }
    const from = [0.24, 0.5];
    const ends = [
        [0.74, 0.24],
        [0.74, 0.5],
        [0.74, 0.76],
    ];
    const dot = (point, radius) => Math.hypot(x - point[0], y - point[1]) < radius;
    if (dot(from, 0.1) || dot(ends[1], 0.1) || toLine(x, y, from, ends[1]) < 0.03) {
        return [...WHITE, 255];
    }
    for (const end of [ends[0], ends[2]]) {
        if (dot(end, 0.075) || toLine(x, y, from, end) < 0.022) {
            return [...PALE, 255];
        }
    }
    return [...BLUE, 255];
}

function pixel(column, row) {
    const sum = [0, 0, 0, 0];
    for (let part = 0; part < FINE * FINE; part += 1) {
        const x = (column + ((part % FINE) + 0.5) / FINE) / SIZE;
        const y = (row + (Math.floor(part / FINE) + 0.5) / FINE) / SIZE;
        colour(x, y).forEach((value, index) => (sum[index] += value));
    }
    return sum.map((value) => Math.round(value / (FINE * FINE)));
}

function chunk(type, data) {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
}

const header = Buffer.alloc(13);
header.writeUInt32BE(SIZE, 0);
header.writeUInt32BE(SIZE, 4);
header.set([8, 6], 8);
const rows = Array.from({ length: SIZE }, (_, row) => [0, ...Array.from({ length: SIZE }, (_, x) => pixel(x, row)).flat()]);
const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const data = deflateSync(Buffer.from(rows.flat()), { level: 9 });
writeFileSync(
    "media/icon.png",
    Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]),
);
