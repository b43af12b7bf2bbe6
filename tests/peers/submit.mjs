// Submits one mail with nodemailer, logged in: node submit.mjs TASK
// TASK is JSON: { host, port, user, password, envelope: { from, to: [..] }, mail: {..} }. Prints the reply of the server that decided.
import nodemailer from 'nodemailer';

const { host, port, user, password, envelope, mail } = JSON.parse(process.argv[2]);
const transport = nodemailer.createTransport({
  host,
  port,
  name: 'client.acme.test',
  secure: false,
  requireTLS: true,
  tls: { rejectUnauthorized: false },
  auth: { user, pass: password },
});

try {
  console.log((await transport.sendMail({ ...mail, envelope })).response);
} catch (error) {
  console.log(error.response ?? error.message);
  process.exitCode = 1;
} finally {
  transport.close();
}
