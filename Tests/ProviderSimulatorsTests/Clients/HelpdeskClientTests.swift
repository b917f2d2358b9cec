import Commerce
import Foundation
import HTTPTransport
import Providers
import Testing

@Suite("Every helpdesk, the client against the simulator")
struct HelpdeskClientTests {
    private let label = HelpdeskAttachment(name: "label.pdf", contentType: "application/pdf", bytes: Array("%PDF".utf8))

    @Test("a reply with its file reaches the customer once although its first answer is lost", arguments: Desk.all)
    func reply(desk: Desk) async throws {
        try await SimulatedHTTP.run { http in
            let helpdesk = try desk.client(http)
            let ticket = try await desk.open(http)
            let draft = HelpdeskDraft(
                key: "ret_1:label", isPublic: true, text: "Your label is attached.", attachments: [label])
            let posted = try await http.losing(desk.name, desk.postMethod, desk.postPath) {
                try await helpdesk.post(draft, onTicket: ticket)
            }
            #expect(posted.isPublic)
            #expect(posted.attachmentNames == ["label.pdf"])
            let again = try await helpdesk.post(draft, onTicket: ticket)
            #expect(again.id == posted.id)
            let seen = try await http.until({ try await desk.customerView(http, ticket) }) { $0.count > 1 }
            #expect(seen.map { $0["text"] } == ["Wrong size.", "Your label is attached."])
            #expect(seen.last?["attachments"]?.elements == ["label.pdf"])
        }
    }

    @Test("a message is in the ticket's language where somebody has written it", arguments: Desk.all)
    func language(desk: Desk) async throws {
        try await SimulatedHTTP.run { http in
            let helpdesk = try desk.client(http)
            for (language, expected) in [("fr", "Bonjour"), ("fr-CA", "Bonjour"), ("de", "Hello"), ("en", "Hello")] {
                let ticket = try await desk.open(http, language: language)
                let draft = HelpdeskDraft(
                    key: "ret_1:\(language)", isPublic: true, text: "Hello", translations: ["fr": "Bonjour"])
                let posted = try await helpdesk.post(draft, onTicket: ticket)
                #expect(posted.text == expected)
            }
        }
    }

    @Test("a note is written once and the customer never sees it", arguments: Desk.all)
    func note(desk: Desk) async throws {
        try await SimulatedHTTP.run { http in
            let helpdesk = try desk.client(http)
            let ticket = try await desk.open(http)
            let draft = HelpdeskDraft(key: "ret_1:grade", isPublic: false, text: "Graded B.")
            _ = try await http.losing(desk.name, desk.postMethod, desk.postPath) {
                try await helpdesk.post(draft, onTicket: ticket)
            }
            #expect(try await desk.customerView(http, ticket).count == 1)
            let notes = try await helpdesk.messages(ofTicket: ticket).filter { !$0.isPublic }
            #expect(notes.map(\.text) == ["Graded B."])
            #expect(notes.map(\.key) == ["ret_1:grade"])
        }
    }

    @Test("tags, fields and status say what shall be, and leave the rest alone", arguments: Desk.all)
    func changes(desk: Desk) async throws {
        try await SimulatedHTTP.run { http in
            let helpdesk = try desk.client(http)
            let id = try await desk.open(http)
            for _ in 1...2 { try await helpdesk.addTags(["returns", "label_sent"], toTicket: id) }
            try await helpdesk.removeTags(["label_sent", "never"], fromTicket: id)
            try await helpdesk.setFields(
                [.init(id: "47001", value: "RMA-1"), .init(id: "47002", value: "1Z9")], ofTicket: id)
            try await helpdesk.setFields([.init(id: "47001", value: nil)], ofTicket: id)
            let stamp = try await helpdesk.ticket(id: id).updatedAt
            try await helpdesk.setStatus(.solved, ofTicket: id, unlessChangedSince: stamp)
            let ticket = try await helpdesk.ticket(id: id)
            #expect(ticket.tags == ["returns"])
            #expect(ticket.fields == [HelpdeskField(id: "47002", value: "1Z9")])
            #expect(ticket.status == desk.solved)
            #expect(ticket.customer?.email == "ana@example.com")
        }
    }

    @Test("the catalog makes the client of every helpdesk from its settings, and none of another provider")
    func catalog() throws {
        let http = try SimulatedHTTP()
        #expect(HelpdeskCatalog.names == Desk.all.map(\.name))
        for name in HelpdeskCatalog.names {
            #expect(throws: ProviderSettingsProblem.self) {
                _ = try HelpdeskCatalog.client(named: name, settings: Array("{}".utf8), http: http, gate: OpenGate())
            }
        }
        let other = try HelpdeskCatalog.client(named: "dcl", settings: [], http: http, gate: OpenGate())
        #expect(other == nil)
    }

    @Test("nobody's ticket is refused", arguments: Desk.all)
    func unknown(desk: Desk) async throws {
        try await SimulatedHTTP.run { http in
            let helpdesk = try desk.client(http)
            let draft = HelpdeskDraft(key: "k", isPublic: false, text: "x")
            let acts: [() async throws -> Void] = [
                { _ = try await helpdesk.ticket(id: "1") },
                { _ = try await helpdesk.post(draft, onTicket: "1") },
            ]
            for act in acts {
                do {
                    try await act()
                    Issue.record("nothing was refused")
                } catch let failure as ProviderFailure {
                    guard case .refused = failure else { throw failure }
                }
            }
        }
    }

    @Test("what a customer writes reaches the gateway's verifier as what it is", arguments: Desk.all)
    func webhook(desk: Desk) async throws {
        try await SimulatedHTTP.run { http in
            _ = try await desk.open(http)
            let delivery = try #require(await http.nextWebhook())
            #expect(delivery.url == "http://gateway.test/webhooks/\(desk.name)/ws_1")
            let webhook = InboundWebhook(headers: delivery.headers, body: delivery.body ?? [])
            guard case .accepted = try desk.verify(webhook) else {
                Issue.record("the webhook was not accepted")
                return
            }
        }
    }

    @Test("a reply of Gorgias from an address that nobody connected is seen to have failed")
    func gorgiasDelivery() async throws {
        try await SimulatedHTTP.run { http in
            let helpdesk = try GorgiasClient.simulated(http, from: "nobody@mienne.com")
            let id = try await Desk.gorgias.open(http)
            let draft = HelpdeskDraft(key: "k", isPublic: true, text: "An answer.")
            #expect(try await helpdesk.post(draft, onTicket: id).delivery == .pending)
            let message = try await http.until({ try await helpdesk.message(of: id, key: "k") }) {
                $0?.delivery != .pending
            }
            guard case .failed(let reason)? = message?.delivery else {
                Issue.record("it was sent")
                return
            }
            #expect(reason?.contains("nobody@mienne.com") == true)
        }
    }

    @Test("tickets of Gorgias are listed page by page, those changed last first")
    func gorgiasTickets() async throws {
        try await SimulatedHTTP.run { http in
            let helpdesk = try GorgiasClient.simulated(http)
            var opened: [String] = []
            for _ in 0..<101 { opened.append(try await Desk.gorgias.open(http)) }
            let first = try await helpdesk.tickets()
            #expect(first.next != nil)
            let last = try await helpdesk.tickets(after: first.next)
            #expect((first.data + last.data).map(\.id) == opened.reversed())
            #expect(last.next == nil)
        }
    }

    @Test("a closed ticket of Zendesk takes nothing, and a safe comment yields to the customer")
    func zendeskRefusals() async throws {
        try await SimulatedHTTP.run { http in
            let helpdesk = try ZendeskClient.simulated(http)
            let id = try await Desk.zendesk.open(http)
            let draft = HelpdeskDraft(key: "k", isPublic: true, text: "An answer.")
            do {
                _ = try await helpdesk.comment(draft, on: id, unlessChangedSince: "2026-03-01T00:00:00Z")
                Issue.record("an old stamp was taken")
            } catch let failure as ProviderFailure {
                #expect(failure.code == "UpdateConflict")
            }
            do {
                try await helpdesk.setStatus(.solved, ofTicket: id, unlessChangedSince: "2026-03-01T00:00:00Z")
                Issue.record("a ticket was solved that had changed")
            } catch let failure as ProviderFailure {
                guard case .transient("UpdateConflict", _, _) = failure else { throw failure }
            }
            let stamp = try await helpdesk.ticket(id).updatedAt
            _ = try await helpdesk.comment(draft, on: id, unlessChangedSince: stamp)
            #expect(try await helpdesk.tickets(requester: "ana@example.com").map(\.id) == [id])
            try await http.control("POST", "zendesk/tickets/\(id)/status", #"{"status":"closed"}"#)
            await #expect(throws: ProviderFailure.self) {
                _ = try await helpdesk.comment(.init(key: "k2", isPublic: true, text: "More."), on: id)
            }
        }
    }
}

/// One of the helpdesks.
struct Desk: Sendable, CustomTestStringConvertible {
    let name: String
    let postMethod: String
    let postPath: String
    /// What a ticket is that was set to solved.
    let solved: HelpdeskStatus
    let client: @Sendable (SimulatedHTTP) throws -> any Helpdesk
    let verify: @Sendable (InboundWebhook) throws -> WebhookVerdict

    static let gorgias = Desk(
        name: "gorgias", postMethod: "POST", postPath: "*/messages", solved: .closed,
        client: { try GorgiasClient.simulated($0) },
        verify: { try GorgiasWebhookVerifier(settings: GorgiasClient.simulatedSettings()).verify($0) })
    static let zendesk = Desk(
        name: "zendesk", postMethod: "PUT", postPath: "*/tickets/*.json", solved: .solved,
        client: { try ZendeskClient.simulated($0) },
        verify: { webhook in
            let now = Date(timeIntervalSince1970: 1_772_619_330)
            return try ZendeskWebhookVerifier(settings: ZendeskClient.simulatedSettings(), now: { now }).verify(webhook)
        })
    static let all = [gorgias, zendesk]

    var testDescription: String { name }

    /// A customer writes; gives the ticket's id.
    func open(_ http: SimulatedHTTP, language: String = "en") async throws -> String {
        let body = """
            {"customer_email":"ana@example.com","customer_name":"Ana Ruiz","subject":"My robe","body":"Wrong size.",
             "language":"\(language)"}
            """
        let ticket = try JSONDecoder().decode(
            JSONValue.self, from: Data(try await http.control("POST", "\(name)/tickets", body)))
        return ticket["id"]?.text ?? ""
    }

    func customerView(_ http: SimulatedHTTP, _ ticket: String) async throws -> [JSONValue] {
        let view = try JSONDecoder().decode(
            JSONValue.self, from: Data(try await http.control("GET", "\(name)/tickets/\(ticket)/customer")))
        return view["messages"]?.elements ?? []
    }
}

extension GorgiasClient {
    static func simulatedSettings(from address: String = "support@mienne.com") throws -> GorgiasSettings {
        try GorgiasSettings.decode(
            Array(
                """
                {"domain":"mienne","base_url":"\(SimulatedHTTP.origin)/gorgias","username":"ops@example.com",
                 "api_key":"gorgias-key","from_address":"\(address)","webhook_tokens":"secret"}
                """.utf8))
    }

    static func simulated(_ http: SimulatedHTTP, from address: String = "support@mienne.com") throws -> GorgiasClient {
        GorgiasClient(settings: try simulatedSettings(from: address), http: http, gate: OpenGate())
    }
}

extension ZendeskClient {
    static func simulatedSettings() throws -> ZendeskSettings {
        try ZendeskSettings.decode(
            Array(
                """
                {"subdomain":"mienne","base_url":"\(SimulatedHTTP.origin)/zendesk","email":"ops@example.com",
                 "api_token":"zendesk-token","webhook_secrets":"secret"}
                """.utf8))
    }

    static func simulated(_ http: SimulatedHTTP) throws -> ZendeskClient {
        ZendeskClient(settings: try simulatedSettings(), http: http, gate: OpenGate())
    }
}
