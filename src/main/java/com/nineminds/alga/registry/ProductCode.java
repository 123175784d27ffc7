package com.nineminds.alga.registry;

/** The product that a tenant runs. Requests and answers use these names. */
public enum ProductCode {
  psa,
  algadesk
}
