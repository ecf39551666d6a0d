// Parses queries with soql-parser-js. In: a JSON list of { text, print } on standard input; `print` is the query as the
// project prints it, or null. Out: one line of JSON for each query:
//   accepted   whether the parser accepts the text
//   reason     why not
//   composed   the parser's own print of what it understood
//   kept       whether `print` means to the parser what the text means
// The folder node_modules with the parser is the first argument.
'use strict';

const path = require('node:path');
const { parseQuery, composeQuery } = require(path.join(path.resolve(process.argv[2]), 'soql-parser-js'));

// What a query means, without case, spelling and parentheses; groups are compared through `composed`.
function meaning(node) {
  if (Array.isArray(node)) {
    return node.map(meaning);
  }
  if (node === null || typeof node !== 'object') {
    return typeof node === 'string' ? node.toLowerCase().replace(/^<>$/, '!=') : node;
  }
  const kept = {};
  for (const key of Object.keys(node).sort()) {
    if (['openParen', 'closeParen', 'rawValue', 'order', 'nulls'].includes(key)) {
      continue;
    }
    kept[key] = meaning(node[key]);
  }
  // These two are what the print spells out.
  if (('field' in node || 'fn' in node) && !('operator' in node) && !('type' in node)) {
    kept.order = node.order ?? 'ASC';
    kept.nulls = node.nulls ?? 'FIRST';
  }
  return kept;
}

function judge({ text, print }) {
  let query;
  try {
    query = parseQuery(text);
  } catch (error) {
    return { accepted: false, reason: String(error.message).split('\n')[0], composed: null, kept: null };
  }
  // Composing changes the query.
  const meant = JSON.stringify(meaning(query));
  const composed = composeQuery(query);
  if (print === null) {
    return { accepted: true, reason: null, composed, kept: null };
  }
  let kept = false;
  try {
    kept = JSON.stringify(meaning(parseQuery(print))) === meant;
  } catch {
    kept = false;
  }
  return { accepted: true, reason: null, composed, kept };
}

let input = '';
process.stdin.on('data', (chunk) => (input += chunk));
process.stdin.on('end', () => {
  for (const query of JSON.parse(input)) {
    process.stdout.write(JSON.stringify(judge(query)) + '\n');
  }
});
