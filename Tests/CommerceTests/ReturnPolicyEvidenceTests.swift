import Commerce
import Foundation
import Testing

@Suite("Reasons that have to be shown")
struct ReturnPolicyEvidenceTests {
    private static let members = #""reasons":["wrong_size",{"code":"torn","label":"It is torn","evidence":"required"}]"#

    @Test("a reason says whether it needs evidence; one that says nothing is written as its code alone")
    func document() throws {
        let policy = try makePolicy(Self.members)
        #expect(policy.reasons.map(\.evidence) == [.optional, .required])
        let data = try JSONEncoder().encode(policy)
        #expect(try JSONDecoder().decode(ReturnPolicy.self, from: data) == policy)
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let reasons = try #require(object?["reasons"] as? [Any])
        #expect(reasons.first as? String == "wrong_size")
        #expect((reasons.last as? [String: Any])?["evidence"] as? String == "required")
    }

    @Test("any other word is refused where it stands")
    func unknown() {
        let problems = ReturnPolicy.reading(policyJSON(#""reasons":[{"code":"torn","evidence":"requird"}]"#)).problems
        #expect(problems.map(\.code) == [.unknownChoice] && problems.map(\.field) == ["reasons[0].evidence"])
        #expect(problems.first?.message.contains("did you mean 'required'?") == true)
    }

    @Test("what has to be shown and is not is refused with what to do, whoever asks but a ticket")
    func refused() throws {
        let policy = try makePolicy(Self.members)
        for channel in ReturnChannel.allCases where channel != .ticket {
            let decision = policy.decide {
                $0.request.channel = channel
                $0.request.lines[0].reason = "TORN"
            }
            let line = try #require(decision.lines.first)
            #expect(decision.outcome == .rejected && !line.eligible)
            #expect(line.reason == .evidenceRequired && line.nextAction == .addEvidence && line.rule == "reasons")
            #expect(line.message.contains("'evidence'"))
        }
    }

    @Test("a ticket's goes to a person with that reason")
    func ticket() throws {
        let decision = try makePolicy(Self.members).decide {
            $0.request.channel = .ticket
            $0.request.lines[0].reason = "torn"
        }
        #expect(decision.outcome == .inReview && decision.lines.map(\.eligible) == [true])
        #expect(decision.reasons.map(\.code) == [.evidenceRequired] && decision.rule == "reasons")
        #expect(!decision.explanation.customerText.contains("evidence"))
    }

    @Test("what is shown, and what has another reason or none, goes on")
    func goesOn() throws {
        let policy = try makePolicy(Self.members)
        for (reason, count) in [("torn", 1), ("wrong_size", 0), (nil, 0)] as [(String?, Int)] {
            for channel in ReturnChannel.allCases {
                let decision = policy.decide {
                    $0.request.channel = channel
                    $0.request.lines[0].reason = reason
                    $0.request.lines[0].evidenceCount = count
                }
                #expect(decision.outcome == .approved, "\(reason ?? "-") by \(channel)")
            }
        }
    }

    @Test("nobody is asked to show what is not taken back anyhow")
    func notReturnable() throws {
        let policy = try makePolicy(Self.members + #","non_returnable":{"skus":["ROBE-S"]}"#)
        #expect(policy.decide { $0.request.lines[0].reason = "torn" }.lines.map(\.reason) == [.nonReturnable])
        let late = try makePolicy(Self.members).decide {
            $0.request.lines[0].reason = "torn"
            $0.now = moment("2026-07-02T00:00:00Z")
        }
        #expect(late.lines.map(\.reason) == [.windowClosed])
    }

    @Test(
        "a URL is taken that is of the web over TLS and holds nothing unusual",
        arguments: [
            ("https://example.com/seam.jpg", true), ("HTTPS://example.com", true),
            ("https://cdn.example.com:8443/a/b.mp4?x=1&y=%20#t", true), ("http://example.com/a.jpg", false),
            ("javascript:alert(1)", false), ("data:image/png;base64,AAAA", false), ("//example.com/a.jpg", false),
            ("https://", false), ("https:///a.jpg", false), ("https://ana:secret@example.com/a", false),
            ("https://ana@example.com/a", false), ("https://example.com/a b", false),
            (#"https://example.com/"><script>"#, false), ("https://example.com/\u{1B}[2J", false),
            (#"https://example.com\@evil.example"#, false), ("https://exämple.com/a", false), ("seam.jpg", false),
            ("", false),
        ])
    func url(text: String, isAcceptable: Bool) {
        #expect(PictureURL.isAcceptable(text) == isAcceptable)
    }

    @Test("a URL that is longer than an address line holds is not taken")
    func longURL() {
        let start = "https://example.com/"
        let longest = start + String(repeating: "a", count: PictureURL.bytesMax - start.count)
        #expect(PictureURL.isAcceptable(longest) && !PictureURL.isAcceptable(longest + "a"))
    }
}
