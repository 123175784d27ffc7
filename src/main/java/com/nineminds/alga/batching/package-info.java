/**
 * Groups equal calls of concurrent requests into one: a batcher.
 *
 * <p><b>Why.</b> A commit costs PostgreSQL a flush to the disk, and a statement costs a round trip.
 * Thirty appliances that check in at the same moment can share both.
 *
 * <p><b>An example of two requests.</b> Request A checks in while no other check-in is under way.
 * It runs its statement at once, for itself alone. Request B arrives while A's statement runs, so B
 * waits in the queue. When A's statement ends, A's thread hands the turn to B. B takes everybody
 * who is in the queue by then, for instance C and D, and runs one statement with three elements in
 * each array parameter. Each result row says by its column {@code n} (1, 2 or 3) which request it
 * answers. B, C and D continue with their own rows. All of it is one transaction with one commit.
 *
 * <p><b>When calls are grouped.</b> Only while an equal call is under way, and at most {@code most}
 * of them. Nobody waits for others to arrive, so a request that is alone loses no time.
 *
 * <p><b>What a caller must guarantee.</b>
 *
 * <ul>
 *   <li>The statement is for sets: it reads its values from {@code unnest(…) WITH ORDINALITY}, and
 *       each result row carries {@code n}.
 *   <li>The statement locks rows in one order for the whole set, so that two batches cannot
 *       deadlock.
 *   <li>A request that gets no row has written nothing. Its call is repeated alone if it shared the
 *       statement.
 *   <li>The call is a transaction of its own. A batched call inside a transaction is an error.
 *   <li>A result mapper may run on the thread of another request. It returns plain data, and throws
 *       no error of the business.
 * </ul>
 *
 * <p><b>After a refusal</b> (the database refuses the statement for what one of the requests asks):
 * nothing of the batch was written, and each request runs its own statement alone. <b>After a lock
 * wait</b>: a request that has waited in the queue for 0.1 s runs the statement at once, together
 * with all that still wait there, so one slow batch delays nobody else. <b>After a lost
 * connection</b>: nobody knows whether the commit was done, so all requests of the batch fail and
 * none is repeated.
 */
package com.nineminds.alga.batching;
