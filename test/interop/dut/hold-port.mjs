// Opens the serial port named on the command line, says how that went, and keeps it until it is killed.
import { SerialPort } from 'serialport';

const port = new SerialPort({ path: process.argv[2], baudRate: 115_200 }, (error) => {
  console.log(error ? `error ${error.message}` : 'open');
  if (error) process.exit(1);
});
port.on('error', () => process.exit(1));
// An open port alone does not keep the process alive.
setInterval(() => undefined, 60_000);
