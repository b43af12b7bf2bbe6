// Sends one mail with nodemailer: node send.mjs HOST PORT starttls|plain TASK
// TASK is JSON: { from, to: [..], raw: FILE } sends the file as it is;
// { from, to: [..], compose: {..}, written: FILE } lets nodemailer write the mail, and leaves what it sent in FILE.
import { readFileSync, writeFileSync } from 'node:fs';
import nodemailer from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';

const [host, port, security, taskJson] = process.argv.slice(2);
const task = JSON.parse(taskJson);

let bytes;
if (task.compose) {
  bytes = await new MailComposer({ ...task.compose, newline: 'windows' }).compile().build();
  writeFileSync(task.written, bytes);
} else {
  bytes = readFileSync(task.raw);
}

const transport = nodemailer.createTransport({
  host,
  port: Number(port),
  name: 'mail.partner.example',
  secure: false,
  ignoreTLS: security === 'plain',
  requireTLS: security === 'starttls',
  tls: { rejectUnauthorized: false },
});

try {
  const sent = await transport.sendMail({ envelope: { from: task.from, to: task.to, use8BitMime: true }, raw: bytes });
  if (sent.rejected.length > 0) throw new Error(`rejected: ${sent.rejected.join(', ')}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  transport.close();
}
