/**
 * The checks of every request of the console. A page needs a session, and a form must belong to
 * that session. Also the pages that say why a request was refused.
 */
package com.nineminds.alga.operator.guard;
