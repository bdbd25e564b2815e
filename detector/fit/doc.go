// Package fit finds weights for rules from labelled threads: a logistic
// regression on the evidence that a verdict adds up, so that what is fitted is
// what is used.
//
//   - A thread's features are the contributions of its top category, each with
//     the factor by which a weak match has faded.
//   - The intercept is not fitted: it is the bias of the base rate. Scams weigh
//     in at the base rate, and within each label a set weighs as the square
//     root of its threads, so that none wins by its size.
//   - Each weight stays within the bounds of its class (so evidence never
//     turns round), is drawn towards the class's start weight, and stays as it
//     is where a hand locked it or nothing fired.
//
// The same input gives the same bytes.
package fit
