#!/usr/bin/env bash
# Leads a new customer in, from nothing to a test mail that was inspected and delivered: see docs/onboarding.md.
# Needs bash and curl. Run again, it goes on where it stood: what is there is found, what is missing is made.
set -euo pipefail

usage() {
  cat <<'TEXT'
onboard.sh --slug SLUG --name NAME --domain DOMAIN --route ROUTE --mailboxes FILE [--language ja|en] [--address MAILBOX]
           [--publish COMMAND] [--wait SECONDS]

  PLATFORM_URL            address of the API, such as https://mail.example.com
  PLATFORM_CLIENT_ID      API client of the MSP, with directory.read, directory.write and groups.write
  PLATFORM_CLIENT_SECRET  its secret

  --route      where inspected mail goes, such as smtp://mail.example.com:25
  --mailboxes  CSV with the columns address, displayName, aliases, groups
  --address    mailbox that the test mail goes to; by default the first
  --publish    run with the name and the value of the TXT record as arguments, to publish it by your DNS provider's own means
  --wait       how long DNS and the test mail may take each (3600)
TEXT
}

fail() { echo "onboard: $*" >&2; exit 1; }
say() { echo "onboard: $*"; }

slug= name= domain= route= mailboxes= language=ja address= publish= wait=3600
while [ $# -gt 0 ]; do
  case "$1" in
    --slug) slug=$2; shift 2 ;;
    --name) name=$2; shift 2 ;;
    --domain) domain=$2; shift 2 ;;
    --route) route=$2; shift 2 ;;
    --mailboxes) mailboxes=$2; shift 2 ;;
    --language) language=$2; shift 2 ;;
    --address) address=$2; shift 2 ;;
    --publish) publish=$2; shift 2 ;;
    --wait) wait=$2; shift 2 ;;
    -h|--help) usage; exit 0 ;;
    *) usage >&2; fail "'$1' is not known." ;;
  esac
done
for needed in slug name domain route mailboxes; do
  [ -n "${!needed}" ] || { usage >&2; fail "--$needed is missing."; }
done
for needed in PLATFORM_URL PLATFORM_CLIENT_ID PLATFORM_CLIENT_SECRET; do
  [ -n "${!needed:-}" ] || { usage >&2; fail "$needed is not set."; }
done
[[ $slug =~ ^[a-z][a-z0-9-]*$ ]] || fail "a short name has lower-case letters, digits and hyphens."
[ -r "$mailboxes" ] || fail "$mailboxes cannot be read."
url=${PLATFORM_URL%/}

# A JSON string of its first argument.
text() {
  local value=$1
  value=${value//\\/\\\\}; value=${value//\"/\\\"}; value=${value//$'\n'/\\n}; value=${value//$'\t'/\\t}
  printf '"%s"' "$value"
}

# The first text or number of that name in the JSON that stands in $answer; nothing for null.
field() {
  { grep -oE "\"$1\": ?(\"([^\"\\\\]|\\\\.)*\"|[0-9]+|true|false)" <<<"$answer" | head -n 1 |
    sed -E "s/^\"$1\": ?//; s/^\"(.*)\"\$/\\1/; s/\\\\(.)/\\1/g"; } || true
}

token() {
  # The secret goes by standard input: arguments are seen by everybody on the machine.
  answer=$(printf 'grant_type=client_credentials&client_id=%s&client_secret=%s' "$PLATFORM_CLIENT_ID" "$PLATFORM_CLIENT_SECRET" |
    curl -sS --fail-with-body -X POST --data-binary @- -H 'Content-Type: application/x-www-form-urlencoded' "$url/connect/token") || fail "no token: $answer"
  access=$(field access_token)
  until_token=$((SECONDS + 600))
}

# call METHOD PATH [CONTENT-TYPE BODY-OR-@FILE [IDEMPOTENCY-KEY]]: sets $answer; ends the script where the answer is an error.
call() {
  [ "$SECONDS" -lt "$until_token" ] || token
  local arguments=(-sS -X "$1" -H "Accept-Language: $language" -w '\n%{http_code}')
  [ $# -lt 4 ] || arguments+=(-H "Content-Type: $3" --data-binary "$4")
  [ $# -lt 5 ] || arguments+=(-H "Idempotency-Key: $5")
  answer=$(printf 'Authorization: Bearer %s\n' "$access" | curl "${arguments[@]}" -H @- "$url$2") || fail "$1 $2: no answer"
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  if [ "$status" = 429 ]; then sleep 2; call "$@"; return; fi
  [ "$status" -lt 400 ] || fail "$1 $2: $status $(field code) $(field detail)"
}

token

# The tenant of that short name, where an earlier run made it.
tenant= after=
while :; do
  call GET "/v1/tenants?limit=200${after:+&after=$after}"
  tenant=$(grep -oE "\"id\":\"[^\"]+\",\"slug\":\"$slug\"" <<<"$answer" | head -n 1 | cut -d '"' -f 4 || true)
  after=$(field nextCursor)
  [ -z "$tenant" ] && [ -n "$after" ] || break
done
if [ -z "$tenant" ]; then
  call POST /v1/tenants application/json "{\"slug\":$(text "$slug"),\"name\":$(text "$name"),\"language\":$(text "$language"),\"route\":$(text "$route")}"
  tenant=$(field id)
fi
say "tenant $slug: $tenant"

call POST /v1/domains application/json "{\"name\":$(text "$domain"),\"tenant\":$(text "$tenant")}" "onboard-$slug-$domain"
claim=$(field id) record=$(field recordName) value=$(field recordValue)
say "publish this record:  $record.  TXT  \"$value\""
[ -z "$publish" ] || "$publish" "$record" "$value"

end=$((SECONDS + wait)) pause=1
while :; do
  call POST "/v1/domain-claims/$claim/check"
  case "$(field state)" in
    proven) break ;;
    failed) fail "$domain: $(field explanation)" ;;
  esac
  [ "$SECONDS" -lt "$end" ] || fail "$domain is not proven yet: $(field explanation) Run this again later."
  say "$domain: $(field explanation)"
  sleep "$pause"
  [ "$pause" -ge 30 ] || pause=$((pause * 2))
done
say "$domain is proven"

call PATCH "/v1/tenants/$tenant" application/json "{\"route\":$(text "$route")}"
say "route: $route"

call POST "/v1/mailbox-import?mode=all&tenant=$tenant" text/csv "@$mailboxes"
[ "$(field applied)" = true ] || fail "mailboxes: line $(field line): $(field message) Nothing was changed."
say "mailboxes: $(field created) made, $(field changed) changed, $(field unchanged) as they were"

body="\"tenant\":$(text "$tenant")"
[ -z "$address" ] || body="$body,\"address\":$(text "$address")"
call POST /v1/flow-checks application/json "{$body}"
check=$(field id)
end=$((SECONDS + wait))
while :; do
  call GET "/v1/flow-checks/$check"
  # The state of the check stands before those of its steps.
  case "$(field state)" in passed|failed) break ;; esac
  [ "$SECONDS" -lt "$end" ] || fail "the check of the mail flow is not done yet: $check"
  sleep 1
done
grep -oE '"kind":"[a-z]+","title":"([^"\\]|\\.)*","state":"[a-z]+","finding":"[a-z-]*","explanation":"([^"\\]|\\.)*"(,"advice":"([^"\\]|\\.)*")?' <<<"$answer" |
  sed -E 's/^"kind":"[a-z]+","title":"(([^"\\]|\\.)*)","state":"([a-z]+)","finding":"[a-z-]*","explanation":"(([^"\\]|\\.)*)"(,"advice":"(([^"\\]|\\.)*)")?$/onboard:   \1 [\3] \4 \7/; s/\\(.)/\1/g'

call GET "/v1/tenants/$tenant"
ready=$(field readyAt)
[ -n "$ready" ] || fail "$slug is not ready: see the steps above, put right what failed, and run this again."
say "$slug is ready since $ready"
