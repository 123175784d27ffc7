/**
 * Tests with killed machines, cut sessions and lost answers. Customers meanwhile send requests to
 * real servers. A ledger compares the answers to them with the data of the service.
 */
package com.nineminds.alga.faults;
