// A stock gRPC client for Node.js: node probe.js TARGET
// Each line on stdin is a number of calls; the answer is one line of JSON, how many calls ended at which peer. A call
// that failed counts under "!CODE details".
'use strict';
const readline = require('readline');
const grpc = require('@grpc/grpc-js');
const xds = require('@grpc/grpc-js-xds');

xds.register();
const bytes = (buffer) => Buffer.from(buffer);
const credentials = new xds.XdsChannelCredentials(grpc.credentials.createInsecure());
const client = new grpc.Client(process.argv[2], credentials);

function call() {
  return new Promise((resolve) => {
    const options = { deadline: Date.now() + 10000 };
    const made = client.makeUnaryRequest(
      '/grpc.health.v1.Health/Check', bytes, bytes, Buffer.alloc(0), new grpc.Metadata(), options,
      (error) => resolve(error ? `!${grpc.status[error.code]} ${error.details}` : made.getPeer()));
  });
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const ends = {};
    for (let left = Number(line); left > 0; left--) {
      const end = await call();
      ends[end] = (ends[end] || 0) + 1;
    }
    console.log(JSON.stringify(ends));
  }
  client.close();
})();
