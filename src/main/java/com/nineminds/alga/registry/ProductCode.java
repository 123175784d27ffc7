package com.nineminds.alga.registry;

/** Which product a tenant runs. Spelled as on the wire. */
public enum ProductCode {
  psa,
  algadesk
}
