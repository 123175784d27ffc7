/**
 * Figures for operators: registrations, installs, silent appliances and codes that expire. It only
 * reads, and owns no table.
 */
package com.nineminds.alga.overview;
