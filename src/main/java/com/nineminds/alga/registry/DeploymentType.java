package com.nineminds.alga.registry;

/** Where a tenant runs: on its own appliance, or hosted. Requests and answers use these names. */
public enum DeploymentType {
  appliance,
  hosted
}
