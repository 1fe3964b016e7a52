// `npm start`. Plain JavaScript without anything new, so that an old Node can still say why it will not do.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const needed = [22, 18];
if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `Joulebench needs Node.js ${needed.join('.')} or newer; this is ${process.versions.node}. Start it with npm start after npm ci, which brings its own.\n`,
  );
  process.exit(2);
}
const { fileURLToPath } = await import('node:url');
const { start } = await import('./desktop/launch/index.ts');
process.exitCode = await start(fileURLToPath(new URL('../..', import.meta.url)), process.argv.slice(2));
