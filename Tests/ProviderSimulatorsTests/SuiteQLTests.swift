import Testing

@testable import ProviderSimulators

@Suite("SuiteQL")
struct SuiteQLTests {
    @Test("the query for orders to dispatch finds unsent orders by either form of status")
    func ordersToDispatch() {
        var erp = NetSuiteBundle()
        let id = erp.createOrder()
        let sent = erp.createOrder(externalID: "shopify-2")
        _ = erp.send("PATCH", "record/v1/salesOrder/\(sent)", ["custbody_sent_to_3pl": true])
        let rows = erp.rows(
            """
            SELECT t.id, t.tranid, t.externalid, t.status, t.custbody_sent_to_3pl FROM transaction t
            WHERE t.type = 'SalesOrd' AND t.status = 'SalesOrd:B'
              AND (t.custbody_sent_to_3pl = 'F' OR t.custbody_sent_to_3pl IS NULL) AND t.id > 0 ORDER BY t.id ASC
            """)
        #expect(
            rows == [
                [
                    "links": [], "id": .string(String(id)), "tranid": "SO10045", "externalid": "shopify-1",
                    "status": "B",
                    "custbody_sent_to_3pl": "F",
                ]
            ])
    }

    @Test("sales lines are negative, joined with their items and without the main line")
    func lines() {
        var erp = NetSuiteBundle()
        let id = erp.createOrder()
        let rows = erp.rows(
            """
            SELECT tl.transaction, tl.linesequencenumber, tl.id AS line, tl.item, i.itemid AS sku, i.itemtype,
              tl.quantity AS raw, ABS(tl.quantity) AS Quantity, tl.location
            FROM transactionline tl JOIN item i ON i.id = tl.item
            WHERE tl.transaction = \(id) AND tl.mainline = 'F' AND tl.taxline = 'F' ORDER BY tl.linesequencenumber ASC
            """)
        #expect(rows.count == 2)
        #expect(rows[0]["sku"] == "MIE-ROBE-S")
        #expect(rows[0]["raw"] == "-2")
        #expect(rows[0]["quantity"] == "2")
        #expect(rows[0].object?["location"] == nil)
    }

    @Test("stock, kits and items answer as strings")
    func stockAndKits() {
        var erp = NetSuiteBundle()
        _ = erp.account.control("POST", "/inventory", ["sku": "MIE-ROBE-S", "quantity_on_hand": 7, "committed": 2])
        let stock = erp.rows(
            """
            SELECT ail.item, i.itemid AS sku, ail.quantityonhand, ail.quantityavailable FROM aggregateitemlocation ail
            JOIN item i ON i.id = ail.item WHERE ail.location IN (1) AND i.isinactive = 'F' ORDER BY ail.item ASC
            """)
        #expect(stock[0]["quantityavailable"] == "5")
        #expect(stock.count == 6)
        let kit =
            erp.rows("SELECT i.id FROM item i WHERE i.itemid = 'MIE-SET-1' AND i.itemtype = 'Kit'")[0]["id"].string
            ?? ""
        let members = erp.rows(
            """
            SELECT km.parentitem, km.item, km.quantity FROM kititemmember km
            WHERE km.parentitem IN (\(kit)) ORDER BY km.parentitem, km.item
            """
        )
        #expect(members.map { $0["quantity"] } == ["1", "2"])
    }

    @Test("dates follow the user's format unless TO_CHAR says otherwise; DF shows names")
    func functions() {
        var erp = NetSuiteBundle()
        _ = erp.createOrder()
        let row = erp.rows(
            """
            SELECT t.trandate, TO_CHAR(t.trandate, 'YYYY-MM-DD') AS day, BUILTIN.DF(t.entity) AS who, LOWER(t.tranid)
            FROM transaction t
            """
        )[0]
        #expect(row["trandate"] == "3/4/2026")
        #expect(row["day"] == "2026-03-04")
        #expect(row["who"] == "Web Store")
        #expect(row["expr4"] == "so10045")
    }

    @Test(
        "what is not SuiteQL is refused",
        arguments: [
            "SELECT t.nosuch FROM transaction t", "SELECT id FROM nosuch", "SELECT x.id FROM transaction t",
            "DELETE FROM transaction", "SELECT t.id FROM transaction t WHERE", "SELECT t.id FROM transaction t LIMIT 5",
            "SELECT t.id FROM transaction t; DROP", "SELECT FOO(t.id) FROM transaction t",
        ])
    func refused(query: String) {
        var erp = NetSuiteBundle()
        let answer = erp.query(query)
        #expect(answer.status == 400)
        #expect(answer.document["o:errorDetails"][0]["o:errorCode"] == "INVALID_PARAMETER")
    }

    @Test("pages need an offset that is a multiple of the limit, and the transient preference")
    func pages() {
        var erp = NetSuiteBundle()
        for number in 0..<3 { _ = erp.createOrder(externalID: "e\(number)") }
        let text = "SELECT t.id FROM transaction t WHERE t.type='SalesOrd' ORDER BY t.id ASC"
        let first = erp.query(text, page: "?limit=2&offset=0").document
        #expect(first["count"] == 2)
        #expect(first["hasMore"] == true)
        #expect(first["totalResults"] == 3)
        #expect(erp.query(text, page: "?limit=2&offset=2").document["items"].array?.count == 1)
        #expect(erp.query(text, page: "?limit=2&offset=1").status == 400)
        #expect(erp.query(text, page: "?limit=1001").status == 400)
        let header = erp.authorization("POST", "/services/rest/query/v1/suiteql")
        let answer = erp.account.send(
            "POST", "/services/rest/query/v1/suiteql", ["q": .string(text)], headers: ["authorization": header])
        #expect(answer.status == 400)
    }

    @Test("keyset, NOT IN, LIKE, BETWEEN and descending order")
    func operators() {
        var erp = NetSuiteBundle()
        let ids = (0..<4).map { erp.createOrder(externalID: "k-\($0)") }
        func found(_ condition: String) -> [String] {
            erp.rows("SELECT t.id FROM transaction t WHERE \(condition) ORDER BY t.id DESC").compactMap {
                $0["id"].string
            }
        }
        #expect(found("t.id > \(ids[1])") == [String(ids[3]), String(ids[2])])
        #expect(found("t.id NOT IN (\(ids[0]), \(ids[1]))") == [String(ids[3]), String(ids[2])])
        #expect(
            found("t.externalid LIKE 'k-%' AND t.id BETWEEN \(ids[0]) AND \(ids[1])") == [
                String(ids[1]), String(ids[0]),
            ])
        #expect(found("t.memo IS NOT NULL").isEmpty)
    }
}
