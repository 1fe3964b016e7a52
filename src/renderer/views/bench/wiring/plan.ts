import type { MonitorUse } from '../../../../shared/domain/bench-desk.ts';

/** What is to be wired: performance and accuracy runs need the DUT's line alone, energy runs a monitor. */
export interface WiringSetup {
  mode: 'performance' | 'energy';
  monitor: MonitorUse;
  ioManager: boolean;
}

export type BoxId = 'host' | 'supply' | 'monitor' | 'line' | 'shifter' | 'dut';

/** Words of a pin: a printed name stands as it is, what has no name of its own is in the locales. */
export type PinId =
  'usb' | 'vout' | 'gnd' | 'mark' | 'vdd' | 'vcc' | 'vin' | 'plus' | 'minus' | 'tx' | 'rx' | 'supply' | 'high' | 'low';

export interface Pin {
  id: PinId;
  /** As it is printed on the instrument, where it is. */
  name?: string;
  side: 'left' | 'right' | 'top';
  /** Height of the pin, or its distance from the left edge of a drawing where it is on top. */
  at: number;
}

export interface Box {
  id: BoxId;
  /** Key of its words under `ui.wiring.box`. */
  words:
    | 'host'
    | 'lpm01a'
    | 'ppk2'
    | 'ppk2-ampere'
    | 'ioManager'
    | 'adapter'
    | 'ownLine'
    | 'shifter'
    | 'dut'
    | 'supply'
    | 'secondSupply';
  x: number;
  y: number;
  width: number;
  height: number;
  pins: Pin[];
}

/** What a wire carries: told by colour, dash and legend. */
export type WireKind = 'measured' | 'unmeasured' | 'ground' | 'data' | 'mark' | 'usb';
export interface Wire {
  kind: WireKind;
  /** Corners, from pin to pin. */
  points: [number, number][];
}

/** What has to be looked at before the supply comes on; words under `ui.wiring.check`. */
export type CheckId =
  | 'performanceBuild'
  | 'oneLine'
  | 'otherSupplies'
  | 'commonGround'
  | 'voltage'
  | 'markPin'
  | 'pulse'
  | 'logicVcc'
  | 'idleLine'
  | 'shifter'
  | 'shifterSupply'
  | 'energyBuild'
  | 'ampereVoltage'
  | 'ampereRemoved'
  | 'jp4'
  | 'shortLeads';

export interface WiringPlan {
  width: number;
  height: number;
  boxes: Box[];
  wires: Wire[];
  checks: CheckId[];
}

const column = { left: 16, middle: 300, shifter: 610, dut: 800 } as const;
const row = { vout: 80, ground: 112, mark: 144, vdd: 176, tx: 320, rx: 350, lineGround: 380 } as const;
const middleRight = column.middle + 220;

/** The wiring of a set-up as boxes with pins, wires with corners, and the list of what to verify. Sources: energy monitors 1.2, 2.7, 2.8, 3.5; DUT protocol 4 and 8.1. */
export function wiringPlan(setup: WiringSetup): WiringPlan {
  return setup.mode === 'performance' ? performancePlan() : energyPlan(setup);
}

function performancePlan(): WiringPlan {
  const lift = 240;
  const at = { tx: row.tx - lift, rx: row.rx - lift, ground: row.lineGround - lift };
  return {
    width: 1000,
    height: 220,
    boxes: [
      hostBox(45, [{ id: 'usb', side: 'right', at: at.rx }]),
      lineBox('ownLine', lift, at.rx),
      {
        id: 'dut',
        words: 'dut',
        x: column.dut,
        y: 30,
        width: 184,
        height: 160,
        pins: [
          { id: 'rx', side: 'left', at: at.tx },
          { id: 'tx', side: 'left', at: at.rx },
          { id: 'gnd', name: 'GND', side: 'left', at: at.ground },
        ],
      },
    ],
    wires: [
      straight('usb', column.left + 170, column.middle, at.rx),
      straight('data', middleRight, column.dut, at.tx),
      straight('data', middleRight, column.dut, at.rx),
      straight('ground', middleRight, column.dut, at.ground),
    ],
    checks: ['performanceBuild', 'oneLine', 'commonGround'],
  };
}

function energyPlan({ monitor, ioManager }: WiringSetup): WiringPlan {
  const ppk2 = monitor !== 'lpm01a';
  const ampere = monitor === 'ppk2-ampere';
  const boxes: Box[] = [
    hostBox(240, [
      { id: 'usb', side: 'right', at: 275 },
      { id: 'usb', side: 'right', at: 350 },
    ]),
    monitorBox(monitor),
    lineBox(ioManager ? 'ioManager' : 'adapter', 0, row.rx),
    {
      id: 'dut',
      words: 'dut',
      x: column.dut,
      y: 30,
      width: 184,
      height: 400,
      pins: [
        { id: 'supply', side: 'left', at: row.vout },
        { id: 'gnd', name: 'GND', side: 'left', at: row.ground },
        { id: 'mark', side: 'left', at: row.mark },
        { id: 'rx', side: 'left', at: row.tx },
        { id: 'tx', side: 'left', at: row.rx },
        { id: 'gnd', name: 'GND', side: 'left', at: row.lineGround },
      ],
    },
    ...(ppk2 ? [supplyBox(ampere)] : []),
    ...(ioManager ? [shifterBox()] : []),
  ];
  return {
    width: 1000,
    height: 450,
    boxes,
    wires: [
      straight('measured', middleRight, column.dut, row.vout),
      straight('ground', middleRight, column.dut, row.ground),
      straight('mark', middleRight, column.dut, row.mark),
      bent('usb', [column.left + 170, 275], 240, [column.middle, 215]),
      straight('usb', column.left + 170, column.middle, row.rx),
      ...lineWires(ioManager),
      ...(ppk2 ? supplyWires(ampere) : []),
      ...(ioManager ? [shifterSupply(ppk2)] : []),
    ],
    checks: energyChecks(monitor, ioManager),
  };
}

function energyChecks(monitor: MonitorUse, ioManager: boolean): CheckId[] {
  const ppk2 = monitor !== 'lpm01a';
  const ampere = monitor === 'ppk2-ampere';
  return [
    'otherSupplies',
    'commonGround',
    ampere ? 'ampereVoltage' : 'voltage',
    'markPin',
    ...(ppk2 ? (['pulse', 'logicVcc'] as const) : []),
    ...(ioManager ? (['shifter', 'shifterSupply'] as const) : (['idleLine'] as const)),
    'energyBuild',
    ...(ampere ? (['ampereRemoved'] as const) : []),
    ...(ppk2 ? [] : (['jp4'] as const)),
    'shortLeads',
  ];
}

function hostBox(y: number, pins: Pin[]): Box {
  return { id: 'host', words: 'host', x: column.left, y, width: 170, height: 130, pins };
}

function monitorBox(use: MonitorUse): Box {
  const right = (id: PinId, name: string, at: number): Pin => ({ id, name, side: 'right', at });
  const usb: Pin = { id: 'usb', side: 'left', at: 215 };
  const common = { id: 'monitor', words: use, x: column.middle, y: 30, width: 220, height: 210 } as const;
  if (use === 'lpm01a') {
    return {
      ...common,
      pins: [
        usb,
        right('vout', 'CN14-3 VOUT', row.vout),
        right('gnd', 'GND', row.ground),
        right('mark', 'D7', row.mark),
        right('vdd', 'CN14-2 VDD', row.vdd),
      ],
    };
  }
  const ampere: Pin[] =
    use === 'ppk2-ampere'
      ? [
          { id: 'vin', name: 'VIN', side: 'left', at: 80 },
          { id: 'gnd', name: 'GND', side: 'left', at: 112 },
        ]
      : [{ id: 'gnd', name: 'GND', side: 'left', at: 112 }];
  return {
    ...common,
    pins: [
      usb,
      ...ampere,
      { id: 'vcc', name: 'VCC', side: 'left', at: 150 },
      right('vout', 'VOUT', row.vout),
      right('gnd', 'GND', row.ground),
      right('mark', 'D0', row.mark),
    ],
  };
}

function lineBox(words: 'ioManager' | 'adapter' | 'ownLine', lift: number, usbAt: number): Box {
  const uno = words === 'ioManager';
  const right = (id: PinId, name: string, at: number): Pin => ({ id, name, side: 'right', at: at - lift });
  return {
    id: 'line',
    words,
    x: column.middle,
    y: 280 - lift,
    width: 220,
    height: 150,
    pins: [
      { id: 'usb', side: 'left', at: usbAt },
      right('tx', uno ? 'D9' : 'TX', row.tx),
      right('rx', uno ? 'D8' : 'RX', row.rx),
      right('gnd', 'GND', row.lineGround),
      ...(uno ? [right('high', '5V', 410)] : []),
    ],
  };
}

function supplyBox(ampere: boolean): Box {
  return {
    id: 'supply',
    words: ampere ? 'supply' : 'secondSupply',
    x: column.left,
    y: 30,
    width: 170,
    height: 110,
    pins: [
      { id: 'plus', name: '+', side: 'right', at: 80 },
      { id: 'minus', name: '−', side: 'right', at: 112 },
    ],
  };
}

function shifterBox(): Box {
  return {
    id: 'shifter',
    words: 'shifter',
    x: column.shifter,
    y: 280,
    width: 120,
    height: 150,
    pins: [
      { id: 'high', name: 'HV', side: 'left', at: 410 },
      { id: 'low', name: 'LV', side: 'top', at: 670 },
    ],
  };
}

/** The DUT's serial line: straight, or through the level shifter. */
function lineWires(ioManager: boolean): Wire[] {
  const ground = straight('ground', middleRight, column.dut, row.lineGround);
  if (!ioManager)
    return [
      straight('data', middleRight, column.dut, row.tx),
      straight('data', middleRight, column.dut, row.rx),
      ground,
    ];
  const shifterRight = column.shifter + 120;
  return [
    straight('data', middleRight, column.shifter, row.tx),
    straight('data', shifterRight, column.dut, row.tx),
    straight('data', middleRight, column.shifter, row.rx),
    straight('data', shifterRight, column.dut, row.rx),
    straight('ground', middleRight, column.shifter, row.lineGround),
    straight('ground', shifterRight, column.dut, row.lineGround),
    straight('unmeasured', middleRight, column.shifter, 410),
  ];
}

/** From the supply that is not measured: to the logic port's reference, and in ampere mode to what is measured. */
function supplyWires(ampere: boolean): Wire[] {
  const from = column.left + 170;
  return [
    ...(ampere ? [straight('measured', from, column.middle, 80)] : []),
    bent('unmeasured', [from, 80], 226, [column.middle, 150]),
    straight('ground', from, column.middle, 112),
  ];
}

/** The low side of the level shifter, at the DUT's voltage, from what is not measured. */
function shifterSupply(ppk2: boolean): Wire {
  if (!ppk2)
    return {
      kind: 'unmeasured',
      points: [
        [middleRight, row.vdd],
        [670, row.vdd],
        [670, 280],
      ],
    };
  return {
    kind: 'unmeasured',
    points: [
      [226, 150],
      [226, 260],
      [670, 260],
      [670, 280],
    ],
  };
}

function straight(kind: WireKind, fromX: number, toX: number, y: number): Wire {
  return {
    kind,
    points: [
      [fromX, y],
      [toX, y],
    ],
  };
}

/** Across, up or down in a lane, across. */
function bent(kind: WireKind, from: [number, number], lane: number, to: [number, number]): Wire {
  return { kind, points: [from, [lane, from[1]], [lane, to[1]], to] };
}
