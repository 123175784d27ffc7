/**
 * What every request of the console passes before its page: it needs a session, and a form needs to
 * be of this session. Also the pages that say why a request was refused.
 */
package com.nineminds.alga.operator.guard;
