/** The sign-in at an OpenID provider (OpenID Connect Core 1.0). */
package com.nineminds.alga.operator.provider;
