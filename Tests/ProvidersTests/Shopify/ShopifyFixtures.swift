@testable import Providers

let shopifyRest = "http://127.0.0.1:9/shopify/admin/api/2023-01"

func shopify(_ http: ScriptedHTTPClient, _ extra: String = "") throws -> ShopifyClient {
    ShopifyClient(settings: try shopifySettings(extra), http: http, gate: OpenGate())
}

/// The order of the contract page.
let contractOrder = ##"""
    {"id":5678901234567,"admin_graphql_api_id":"gid://shopify/Order/5678901234567","name":"#1001","order_number":1001,
     "created_at":"2026-03-04T05:15:30-05:00","updated_at":"2026-03-04T05:15:34-05:00",
     "processed_at":"2026-03-04T05:15:28-05:00","closed_at":null,"cancelled_at":null,"confirmed":true,"test":false,
     "email":"ana@example.com","contact_email":"ana@example.com","phone":null,
     "currency":"USD","presentment_currency":"USD","financial_status":"paid","fulfillment_status":null,
     "total_discounts":"10.00","total_tax":"11.12","total_price":"155.12",
     "total_price_set":{"shop_money":{"amount":"155.12","currency_code":"USD"},
       "presentment_money":{"amount":"155.12","currency_code":"USD"}},
     "total_shipping_price_set":{"shop_money":{"amount":"5.00","currency_code":"USD"},
       "presentment_money":{"amount":"5.00","currency_code":"USD"}},
     "taxes_included":false,"tags":"VIP, SENT_TO_NS","note_attributes":[{"name":"gift","value":"true"}],
     "customer":{"id":7071195510,"email":"ana@example.com","first_name":"Ana","last_name":"Ruiz","phone":null,"tags":""},
     "shipping_address":{"first_name":"Ana","last_name":"Ruiz","name":"Ana Ruiz","company":null,
       "address1":"92 Chestnut St","address2":"","city":"Louisville","province":"Kentucky","province_code":"KY",
       "zip":"40202","country":"United States","country_code":"US","phone":"+15024592181"},
     "line_items":[{"id":13711234567890,"product_id":632910392,"vendor":"Mienne","gift_card":false,"sku":"MIE-ROBE-S","title":"Silk robe","variant_title":"S",
       "name":"Silk robe - S","quantity":2,"fulfillable_quantity":2,"price":"74.50","total_discount":"0.00",
       "discount_allocations":[{"amount":"10.00","discount_application_index":0}],
       "tax_lines":[{"title":"Sales Tax","price":"11.12","rate":0.08}]}],
     "discount_codes":[{"code":"TENOFF","amount":"10.00","type":"fixed_amount"}],
     "discount_applications":[{"target_type":"line_item","type":"discount_code","value":"10.0","code":"TENOFF"}],
     "shipping_lines":[{"id":369256396,"price":"5.00","discounted_price":"5.00"}],"fulfillments":[],"refunds":[]}
    """##
