/**
 * Machines that die, sessions that are cut, answers that are lost: customers live on against real
 * servers meanwhile, and a ledger holds what they were told against what the service knows.
 */
package com.nineminds.alga.faults;
