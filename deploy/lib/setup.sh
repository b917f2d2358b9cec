# shellcheck shell=bash
# Setting the stack up through the operator's own command line: schema, workspace, key, providers.

# LIMIT: far above what any of it takes, so that what hangs is told apart from what is slow.
readonly SETUP_SECONDS_MAX=180

# stateset ARGUMENT…: the command line as the administrator of this stack.
stateset() {
    timeout --foreground "$SETUP_SECONDS_MAX" env STATESET_POSTGRES_URL="$(postgres_admin_url)" STATESET_SECRET_KEYS="$(encryption_key)" STATESET_DEV=1 \
        "$(<"$RUN_HOME/build-folder")/stateset" "$@" 2>>"$LOG_HOME/setup.log"
}

setup_failed() {
    local status=$?
    ((status != 124)) || fail "$1 did not end within $SETUP_SECONDS_MAX seconds; its words so far: $LOG_HOME/setup.log"
    fail "$1 failed: $(grep -v "^$" "$LOG_HOME/setup.log" | tail -n 1) (all of it: $LOG_HOME/setup.log)"
}

migrate_database() {
    step_begin "database schema"
    : >"$LOG_HOME/setup.log"
    STATESET_ROLE_PASSWORDS=$(role_passwords) stateset migrate >>"$LOG_HOME/setup.log" || setup_failed "stateset migrate"
    step_done "up to date"
}

# Queues that an earlier build declared in another form would keep this build's services from consuming. While no service
# runs.
repair_topology() {
    step_begin "exchanges, queues"
    STATESET_AMQP_URL=$(amqp_url) STATESET_RABBITMQ_MANAGEMENT_URL=$(management_url) \
        stateset topology repair >>"$LOG_HOME/setup.log" || setup_failed "stateset topology repair"
    step_done "as declared"
}

ensure_workspace() {
    step_begin "workspace, providers"
    workspace_exists || create_workspace
    ensure_api_key
    local provider
    for provider in shopify netsuite dcl gorgias zendesk shipstation stripe recharge quickbooks smtp slack; do
        "${provider}_settings" | stateset providers set "$provider" --workspace "$(workspace_id)" --stdin >>"$LOG_HOME/setup.log" ||
            setup_failed "stateset providers set $provider"
    done
    step_done "$(workspace_id)"
}

workspace_id() { cat "$SECRET_HOME/workspace"; }

workspace_exists() {
    local id
    id=$(stateset workspaces list --json | jq -r '[.. | objects | select(.name? == "dev") | .id] | first // empty') ||
        setup_failed "stateset workspaces list"
    [[ $id ]] && printf '%s\n' "$id" >"$SECRET_HOME/workspace"
}

create_workspace() {
    local id
    id=$(stateset workspaces create --name dev --json | jq -er .id) || setup_failed "stateset workspaces create"
    printf '%s\n' "$id" >"$SECRET_HOME/workspace"
}

# The key is kept by workspace, so that one of an earlier database is never taken for it.
api_key_file() { printf '%s/api-key-%s' "$SECRET_HOME" "$(workspace_id)"; }

api_key() { cat "$(api_key_file)"; }

ensure_api_key() {
    local key
    [[ ! -s $(api_key_file) ]] || return 0
    key=$(stateset keys create --workspace "$(workspace_id)" --name dev --role owner --json | jq -er .key) ||
        setup_failed "stateset keys create"
    (umask 077 && printf '%s\n' "$key" >"$(api_key_file)")
}

shopify_settings() {
    jq -n --arg shop "$SHOPIFY_SHOP" --arg base_url "$(service_url provider-simulators public)/shopify" \
        --arg access_token "$(secret shopify-access-token)" --arg webhook_secret "$(secret shopify-webhook)" \
        '{$shop, $base_url, rest_version: "2023-01", graphql_version: "2026-04", $access_token,
          webhook_secrets: [$webhook_secret]}'
}

netsuite_settings() {
    jq -n --arg account "$NETSUITE_ACCOUNT" --arg base_url "$(service_url provider-simulators public)/netsuite" \
        --arg consumer_key "$(secret netsuite-consumer-key)" --arg consumer_secret "$(secret netsuite-consumer-secret)" \
        --arg token_id "$(secret netsuite-token-id)" --arg token_secret "$(secret netsuite-token-secret)" \
        '{$account, $base_url, $consumer_key, $consumer_secret, $token_id, $token_secret, location_id: "1", return_location_id: "2"}'
}

dcl_settings() {
    jq -n --arg account_number "$DCL_ACCOUNT_NUMBER" --arg username "$DCL_USERNAME" \
        --arg base_url "$(service_url provider-simulators public)/dcl/api/v1" \
        --arg password "$(secret dcl-password)" --arg webhook_token "$(secret dcl-webhook)" \
        '{$base_url, $account_number, $username, $password, location: "FR", shipping_carrier: "UPS",
          shipping_service: "GROUND", freight_account: "00500", webhook_tokens: [$webhook_token]}'
}

gorgias_settings() {
    jq -n --arg username "$HELPDESK_AGENT" --arg from_address "$HELPDESK_FROM" \
        --arg base_url "$(service_url provider-simulators public)/gorgias" \
        --arg api_key "$(secret gorgias-api-key)" --arg webhook_token "$(secret gorgias-webhook)" \
        '{domain: "stateset-dev", $base_url, $username, $api_key, $from_address, from_name: "StateSet",
          webhook_tokens: [$webhook_token]}'
}

zendesk_settings() {
    jq -n --arg email "$HELPDESK_AGENT" --arg base_url "$(service_url provider-simulators public)/zendesk" \
        --arg api_token "$(secret zendesk-api-token)" --arg webhook_secret "$(secret zendesk-webhook)" \
        '{subdomain: "stateset-dev", $base_url, $email, $api_token, webhook_secrets: [$webhook_secret]}'
}

# Returns from the US and from Canada each stay in their country: ShipStation makes no other return labels.
shipstation_settings() {
    jq -n --arg base_url "$(service_url provider-simulators public)/shipstation/v2" \
        --arg api_key "$(secret shipstation-api-key)" --arg webhook_token "$(secret shipstation-webhook)" \
        '{$base_url, $api_key, webhook_tokens: [$webhook_token], default_weight_grams: 500,
          return_routes: {
            US: {carrier_id: "se-123891", service_code: "usps_ground_advantage",
                 return_address: {name: "StateSet Returns", phone: "+15105551212", address_line1: "48641 Milmont Dr",
                                  city_locality: "Fremont", state_province: "CA", postal_code: "94538",
                                  country_code: "US"}},
            CA: {carrier_id: "se-123893", service_code: "canada_post_expedited_parcel",
                 return_address: {name: "StateSet Returns", phone: "+14165550100", address_line1: "100 King St W",
                                  city_locality: "Toronto", state_province: "ON", postal_code: "M5X 1A9",
                                  country_code: "CA"}}}}'
}

stripe_settings() {
    jq -n --arg base_url "$(service_url provider-simulators public)/stripe/v1" \
        --arg secret_key "sk_test_$(secret stripe-key)" --arg webhook_secret "whsec_$(secret stripe-webhook)" \
        '{$base_url, $secret_key, webhook_secrets: [$webhook_secret]}'
}

recharge_settings() {
    jq -n --arg base_url "$(service_url provider-simulators public)/recharge" \
        --arg access_token "$(secret recharge-access-token)" --arg client_secret "$(secret recharge-client-secret)" \
        '{$base_url, $access_token, client_secrets: [$client_secret]}'
}

quickbooks_settings() {
    jq -n --arg simulators "$(service_url provider-simulators public)/quickbooks" \
        --arg realm_id "$QUICKBOOKS_REALM_ID" --arg client_id "$QUICKBOOKS_CLIENT_ID" \
        --arg client_secret "$(secret quickbooks-client-secret)" \
        --arg refresh_token "$(secret quickbooks-refresh-token)" --arg verifier "$(secret quickbooks-verifier)" \
        '{base_url: $simulators, oauth_url: ($simulators + "/oauth2/v1/tokens/bearer"), $realm_id, $client_id,
          $client_secret, $refresh_token, verifier_tokens: [$verifier], deposit_account_id: "35",
          refund_item_id: "13", default_customer_id: "58"}'
}

smtp_settings() {
    jq -n --arg port "$SMTP_PORT" --arg username "$SMTP_USERNAME" --arg password "$(secret smtp-password)" \
        '{host: "127.0.0.1", $port, security: "none", $username, $password, from_address: "returns@mienne.test",
          from_name: "Mienne Returns", reply_to: "support@mienne.test"}'
}

slack_settings() {
    jq -n --arg base_url "$(service_url provider-simulators public)/slack" \
        '{webhook_url: ($base_url + "/services/T0DEV/B0DEV/alerts")}'
}
