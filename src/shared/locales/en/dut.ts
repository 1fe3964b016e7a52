import type { Messages } from '../words.ts';

/** What was remarkable about a DUT's replies, for remarks and logs; the keys are the codes of the DUT schemas. */
export const dutWords = {
  warning: {
    stampsMissing: 'The DUT printed {count} timestamps in a window instead of two.',
    stampsExtra: 'The DUT printed {count} timestamps in a window; the last two were taken.',
    stampsBackwards: 'The timestamps of a window go backwards ({text}).',
    stampTooLarge: 'The DUT printed a timestamp that is too large to be one ({text}).',
    stampUnitUnknown: 'The DUT printed a timestamp in another unit than microseconds ({text}).',
    resultsMissing: 'The DUT printed no results.',
    resultsEmpty: 'The DUT printed an empty list of results.',
    resultsMalformed: 'The DUT printed results that are no numbers ({text}).',
    resultsRepeated: 'The DUT printed its results {count} times; the last ones were taken.',
    falseSizeComplaint: 'The DUT complained about the input size although it is right.',
    countMismatch: 'The DUT announced another count than it was asked for ({text}).',
    lineMissing: 'The line {text} is missing in a reply of the DUT.',
    staleOutput: 'Output of an earlier command was set aside ({count} messages).',
    undecodable: 'The DUT sent bytes that are no text ({count} lines).',
    longLine: 'The DUT sent lines that are too long to keep in one piece ({count} pieces).',
    linesDropped: 'The DUT sent {count} more lines than are kept with the report; the log has them.',
  },
  quirk: {
    echo: 'repeats each command',
    prompt: 'prints a prompt before m-ready',
    emptyLines: 'prints empty lines',
    noise: 'prints debug text',
    ansi: 'prints colour codes',
    undecodable: 'sends bytes that are no text',
    longLine: 'prints very long lines',
    falseSizeComplaint: 'complains about the input size without need',
    bareLf: 'ends lines with LF only',
    unaskedIdentity: 'prints name or profile while booting',
    noBootLap: 'prints no timestamp while booting',
    lateBoot: 'boots late, or anew when its port is opened',
    foreignLapUnit: 'counts time in another unit than microseconds',
    aliasModel: 'spells its model id differently',
  },
} as const satisfies Messages;
