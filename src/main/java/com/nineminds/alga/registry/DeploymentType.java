package com.nineminds.alga.registry;

/** Where a tenant runs: on its own appliance, or hosted. Spelled as on the wire. */
public enum DeploymentType {
  appliance,
  hosted
}
