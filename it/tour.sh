#!/bin/sh
# Runs the tour of the README against a running service, and ends at the first step that fails.
#
#   sh it/tour.sh                          the service that mvn runs
#   sh it/tour.sh http://localhost:9081    a service at another address
#
# Set ALGA_LICENSE_SERVICE_SECRET if .local/service-secret does not have the service secret.
# The lines below the mark are the lines of the README. A unit test compares the two.
set -eu
cd "$(dirname "$0")/.."
mkdir -p .local/tour
if [ $# -gt 0 ]; then alga=$1; fi
if [ -n "${ALGA_LICENSE_SERVICE_SECRET:-}" ]; then secret=$ALGA_LICENSE_SERVICE_SECRET; fi

# --- the tour ---
# Where the service is, its secret, and two functions: show an answer, take a member out of an answer.
alga=${alga:-http://localhost:9080}
secret=${secret:-$(cat .local/service-secret)}
json='Content-Type: application/json'
show() { cat ".local/tour/$1.json"; echo; }
member() { answer=$(show "$1"); rest=${answer#*\"$2\":\"}; echo "${rest%%\"*}"; }

# 1. A customer pays: the storefront registers the tenant and gets an install code.
curl -fsS "$alga/register-tenant" -H "Authorization: Bearer $secret" -H "$json" -o .local/tour/customer.json \
  -d '{"company_name": "Acme Inc.", "contact_email": "it@acme.example", "edition": "pro", "seats": 25,
       "stripe_sub_id": "sub_'$(date +%s)'"}'
show customer

# 2. The customer downloads the image of the appliance.
curl -fsS "$(member customer download_url)" -o .local/tour/alga-appliance.iso
ls -l .local/tour/alga-appliance.iso

# 3. The appliance redeems the code: it gets its credential and its first license.
curl -fsS "$alga/register" -H "$json" -o .local/tour/appliance.json \
  -d '{"claim_code": "'$(member customer install_code)'", "appliance_id": "box-'$(member customer tenant_id)'"}'
show appliance

# 4. The appliance checks in, as it does every day.
curl -fsS "$alga/check-in" -H "$json" -o .local/tour/check-in.json \
  -d '{"appliance_credential": "'$(member appliance appliance_credential)'"}'
show check-in

# 5. The box is wiped: the storefront gets a new code for the same tenant, and the empty machine redeems it.
curl -fsS "$alga/install-codes/reissue" -H "Authorization: Bearer $secret" -H "$json" -o .local/tour/reissue.json \
  -d '{"tenant_id": "'$(member customer tenant_id)'"}'
show reissue; curl -fsS "$alga/register" -H "$json" -o .local/tour/wiped.json \
  -d '{"claim_code": "'$(member reissue install_code)'", "appliance_id": "box-'$(member customer tenant_id)'"}'
show wiped

# Does the license verify against the published keys? This checks it as an appliance does.
java it/java/com/nineminds/alga/local/VerifyLicense.java .local/tour/check-in.json "$alga/.well-known/jwks.json"
