// Package resemble names the known scripts nearest to a text. It explains an
// alert; it never raises one.
//
// The scripts are the labelled scam cases of a corpus folder, one document a
// case, in an index in memory that is built at the first question. A question
// asks for the six rarest terms of a text, at least two of which must occur;
// the answer is BM25, divided by what the script scores on its own six rarest
// terms, so that 1 means "as like it as itself".
package resemble
