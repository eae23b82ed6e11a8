// A small language model behind POST /v1/chat/completions, on loopback, one request at a time.
// node server.mjs WEIGHTS PORT [MOST_TOKENS of an answer]
import http from 'node:http';
import { getLlama, LlamaChatSession, LlamaLogLevel } from 'node-llama-cpp';

const [weights, port, most = '2000'] = process.argv.slice(2);
const llama = await getLlama({ build: 'never', gpu: false, maxThreads: 1, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath: weights });
const context = await model.createContext({ contextSize: 8192 });
const sequence = context.getSequence(); // kept: the beginning that prompts share is read once
let turn = Promise.resolve();

async function complete({ messages, max_tokens, temperature, seed, response_format }, signal) {
  const session = new LlamaChatSession({ contextSequence: sequence, autoDisposeSequence: false });
  try {
    session.setChatHistory(messages.slice(0, -1).map(({ role, content }) => (
      role === 'assistant' ? { type: 'model', response: [content] } : { type: role, text: content }
    )));
    const schema = response_format?.json_schema?.schema;
    const grammar = schema && await llama.createGrammarForJsonSchema(schema);
    const prompt = messages.at(-1).content;
    const found = await session.promptWithMeta(prompt, { maxTokens: Math.min(max_tokens ?? Number(most), Number(most)), temperature, seed, grammar, signal });
    const count = (text) => model.tokenize(text).length;
    return {
      choices: [{
        index: 0,
        message: { role: 'assistant', content: found.responseText },
        finish_reason: found.stopReason === 'maxTokens' ? 'length' : 'stop',
      }],
      usage: {
        prompt_tokens: messages.reduce((sum, { content }) => sum + count(content), 0),
        completion_tokens: count(found.responseText),
      },
    };
  } finally {
    session.dispose();
  }
}

http.createServer((request, response) => {
  if (request.method === 'GET') {
    response.end('{"data": []}'); // it is up
    return;
  }
  const gone = new AbortController(); // nobody waits for an answer any more
  response.on('close', () => gone.abort());
  const parts = [];
  request.on('data', (part) => parts.push(part)).on('end', () => {
    turn = turn.then(async () => {
      gone.signal.throwIfAborted();
      const found = await complete(JSON.parse(Buffer.concat(parts).toString()), gone.signal);
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(found));
    }).catch((error) => { if (!response.destroyed) response.writeHead(500).end(String(error)); });
  });
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
