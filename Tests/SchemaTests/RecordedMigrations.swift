/// Every migration and the SHA-256 of its text, as databases have recorded them.
///
/// A new migration adds its line. No line ever changes: a database that has recorded another text is migrated no more.
enum RecordedMigrations {
    static let lines = """
        platform 1 foundations 671f4c54cf5923259909d3c2e4f8e49f7307718429a3618379c976243740a335
        platform 2 workspaces dea327072970aff09eb55577133f7c6cb4351d03b3b83dfc9ca3d092f3691340
        platform 3 refund_scopes 9b2f1aab93e24c399544cf0ff7fa7adf8c44b3a0c0c6f5b5e97126a87a30e556
        platform 4 webhook_scopes fd30cbab8460306bfc1ea51774a2c0f5c68f1c0a7287ff36e4259983fccc6428
        platform 5 documents 490b9cfc6480bb9c2e17222321edf2719ad299b326936a32463e752168fcd602
        platform 6 return_scopes 795ff76dc6dc58eb4a6c774ab864e742b68b9817060a808098b7535fc9a9c2bc
        platform 7 warranty_scopes 8901a9bb433f9701f8f128a294ae7c6350f4be39a233df3a56ae0d8899026ac8
        platform 8 schedule_scopes 1a0cca058abf0a2ade4ad05a99eba56bf85adfcebf96217009ce7533de264217
        platform 9 workspace_read_once 7cf725cfcd58d13df48016621c79eb8ec740d8140aad46ed1f02fc995ccb5e46
        platform 10 platform_workspace 04afb25a2dc6788c76018c342b3fc0138a8b10099f4f900a3f9ff6d609541eb4
        platform 11 alert_scopes 3a23f930ec8da107f6c56da598c7cc5d922b05bc6fc06eed51ea8d734e99fd59

        ingest_gateway 1 messaging 7a73db890f2b0198c91b853a49ac2cb010953f54658274245277753d4e5c2f96
        ingest_gateway 2 received 4e6a689298bf1b469d9d3880d2f6410453a9f50743a4b46b324311ab1522e95e
        ingest_gateway 3 payload_partitions 507f8a35460511bebd2bda17f02abf395ce4b699f2eda5e6efa95291e110b512
        ingest_gateway 4 payload_compression e93e42fe1f3020bd2fa7efda16bae129379a970d3d672f5b44d3940a1e270309

        order_ingest 1 messaging 666ad309fa49eae2442291696acd093e034dda469413a5dae6dbcee6df616792
        order_ingest 2 orders ceea833fb612b8a74c9bba3cfe7eeb09a25f1918cf6cb9becc7e00db34715000
        order_ingest 3 pages 287945f981e959427906ac6b0d99ef4ef9c404de885108237c8672d8db1c9cde
        order_ingest 4 lookups 0c49fd7e1db20b6442c470ebc017ff77eec9a3703377b36bc0f2ce795b72f002

        fulfillment_dispatch 1 messaging c5c2b1815c1dbb6c0572a7727d59972eddb25aadf8b95dcef679632504fbf9e7
        fulfillment_dispatch 2 dispatches c87e8e892a4508667224042f1be731d2ce4b57368eaa92f9dfe6f215efdf2f86

        tracking 1 messaging 9a657d691b91590a2bd34b0f8212ae06236074970acdf60de0564dd7a35a01d2
        tracking 2 shipments 9c03b4949e2253a8e02311abb6ce4bf7c521ff3f0bcd5106517e37906d3a0899

        saga_coordinator 1 messaging 05f4506d6c6b91792b280516cd904262bbea0aea998037396e2656ff7d569710
        saga_coordinator 2 sagas 92ef9e5a5141d6ee99e0ae64e724c296adc6699e0af278460f1ae93ae6e150d7
        saga_coordinator 3 schedules 545881c2d48a44c3b0f76915f25100866d3bfd2d8a87d69135d067c80c87bcd0
        saga_coordinator 4 engine f7c8c949521813ad61f831ebf15562cad2a954de3271ccbfbe29593f9aefc14d
        saga_coordinator 5 timetables d7d7ad37da46fcdde7765e8f4383c810197e0a3db0e0528f8dd550489acc8b3d
        saga_coordinator 6 keys ab0c122c481dd53e60ac70017bfcfe8114cc53236634f72c6c38baab6b09a857
        saga_coordinator 7 builds 36f4b4f57f72025d6a548018db1e7a66d08ef4c6bf2c76a1e26cf17d57c76eb4
        saga_coordinator 8 mail_pages 35fce842155fe63170c3fef793072800bea5f936bd2aa03d14a418512b5fbefa

        returns 1 messaging 4f9c4b059dbbb2ec28c932e9fefdb2b5ca1813ec72570cb02b05ff899e7bfdd3
        returns 2 ledger 50824eadf022c35d51c219f613f174672c0f60e8ac665283ad3cc6d33da9cd03
        returns 3 refunds e768e59346fcde685eca792bdfe67cb67e7d84514050781a2abce95848c63505
        returns 4 disputes 0c5fa590d6d941b16a2db611c02701a198a0fc29dbc26b6a710a1abe6a292189
        returns 5 kept_units a451c93002c8efc8b951e1a6eb115a953c1e1164c5a1eb9b629db53c92de3360
        returns 6 returns d847fd93de7aa8efb336b5ed80bfbaf7fe5ac088ad8be6d7a4a69487ee2eb8e5
        returns 7 tickets e9c89ee1cf59e9a1d27606ea7e994244b0de7e6e614bb43d2d1af1de9b1c9115
        returns 8 books_and_exchanges 08a1e533210ad7a35cdbfd6835d55d10d8f16c2977e4761ddb233f20f22234ad
        returns 9 exchange_entries d44d59f937f8da7b71885e270a98a2743af601d563531271f72c9c16f9483329
        returns 10 warranties 41052c66fbf88b3a1c2e8495eadf7f78edb08e5dcd4f9014147ed20ed0552854
        returns 11 approved_amounts ca18fbfa24b7adbcde552450eb22242f6cc599d47bc70cf11c75a310be1708be
        returns 12 returns_at_rest 43131c4e5f0d835ecf58956a62623ba8aba8564d1b9c66b3d941fa63799efbfa
        returns 13 warehouse_returns 492748538ffc796a0b77ddc416b8fa689d198d90587ac5c818f5303d84e951c0
        returns 14 replaced_labels 96e90c18bd0f36036ad2a0a804b2bd60c13abf09461d7d3a5d557d1077646958
        returns 15 inspections e83f16ae9af9e63a9f7a8a100bdaa9dcd131ac9386283da6d8e1798469bfaaa3
        returns 16 store_credit_bonuses 3f0e0981ad925a97af15a4ee1f54797f1881faf59873b6df0762c3dced16b17a
        returns 17 subscription_changes 8923da86293038fa1b9f5573d47a747f4a66972cdc4d086a1ae7ccffb067dc3d
        returns 18 customer_messages 1c12faa04e059b70ff0a8359fa580423daca6f212d647366c31f9b77bab789dc
        returns 19 booked_refunds e960a5e6ca49032e8fb3725dc674c4664083da3f134c12c91bf3dc3cc38b0c69
        returns 20 declined_lines ca380017e64b3fb02ead457fda76e547aad0a60d2752cb0e7390721d7c3cf050
        returns 21 bonus_news 726cae717a099c48930b18be2f3d6ff0c10293d2316d1d341ab8d886d137ca7b
        returns 22 blind_receipts 3de08cba8e21f378e3f7562d045a363c897a8ece1f848b0ee16b9dc191826c6d
        returns 23 shipping_tax 05cef8b592404f518144aba441391871b5b9693437a53ec0e0e4f66d58db14d6
        returns 24 names 814043c581d706788815384bf88ee7e42cb4627ee481eb26bd89517aa8d8266e
        returns 25 shop_refunds bcc20306b122744fdec2b822fc7f912e0b5f58c19f13e0a5078fc7cd663f88f6
        returns 26 promised_rooms 75e06df394bcd814d80d8eea7ebea008c0b680dd07373b61496e36652fe3e2ee
        returns 27 earlier_blind_receipts eb5287bbd14d944a169426cb60a5e2259d283535610a6ca73af415bcead72c5e
        returns 28 exchange_rooms df91afc080321f29bc4941d03d9fe0da68b882891f028248cb67d12937abf6f2
        returns 29 subscriptions 523bd7fe4341ba8229065a29f3aba3245ccd057b0956cc91f101a2ffa237a735
        returns 30 stripe_refunds 4a5a06bf2d6f70a2b359256cfa9ea49cf15f1901d737e4b176fce67dad6b7e8f
        returns 31 late_receipts 31e26ba3a1e7a38a24f893e94e64a4498a2ff90970053fac61a19886a3728543
        returns 32 refund_lookups 20c9eebc93af2eb98bd80b9c744a11f3dcdedfb3d4a5aa4757989268f9afea11

        notifications 1 messaging ea769374bda677952c08675b82900cfa146fdb874fbe4a9593bcaa17cee0bb8e
        notifications 2 webhooks a38d66bba34ec6426f67ae28409951010d1d50f95954497010f2729554a21db2
        notifications 3 emails 320a426f11967dc928eaf1926d8887aa4f4cf6da87d8f78aeccaf6a908481fb3
        notifications 4 mails_without_order 9d4b18695dfa5a8b236565710fdb551ab214414b4179da73163165005e97c674
        notifications 5 mail_calls b46fcdb4dad98d5449af3e6d5b1b13e22cdec84c7f3677c5a90ceca99738093b
        notifications 6 mail_holds 2d7f46e81dbb7f5a0ac591019216925caebf8f7e27902888cff2136a8d919a14
        notifications 7 retention e806a25585b4d45471693b913a0918121c0776fc0b063b900e22ab899e4f033d
        notifications 8 waiting_deliveries 11ff27a3432f274465ce17e4f9f3ed2bdc3f9e5f545267c102d5c23e6cc0b08d
        notifications 9 alert_history ed077b664d6372b9ec8f63bd73ed63a3e7b140eae9886fcb9409c71698f05df1
        notifications 10 mail_trials 529ee2a73566e8423d1a35f90cb37a938c05ea007465facbf9ae6f9a0f2bfbd6
        notifications 11 told_failures ade38ddce91902f19a0007059fdb20ed2df62ec9830e4ef856015c96d2b3f6a6
        notifications 12 unended_sendings 37ed402262bea9a5cee2b7a766025de84ec3d043ef47b25a0e13f7898fbb8fe1
        notifications 13 resent_subjects 6e90f736979492492888c45e97f1cfd08bffdeb6bfce4cfbab990c56d0dcc96b

        api 1 messaging b02b54f1f0f4133f18af4c29ebdb97c1c35b6d9783145c2a875b22e275f090e1
        api 2 keys 619f69d4a75c23d9ec182c2c87a701ac9708ef82f86c190cae90555be52fae32
        api 3 views b111d35322bd3c932c20a1dbaa0d2c7939f3642e5ef010c543f5908fe43fec09
        api 4 engine_views ee26d69583c36362978effdeaba2ed97a0a1221a98164f521fedb48a637fc96b
        api 5 saga_search ab36aafe34183fbd3e16f67e1d9a424ed1c31763ff3f04ce303eee294c278e5c
        api 6 returns 2532ecd8e6dd77edf3f24892b3e6459bf55ad611d889acf3d2d5627b49bbe8dc
        api 7 notifications 09bcca258faad4cc0cdfef0db8db80abc1294888462bf232eba041fe780952b8
        api 8 kept_units 03c37d086f8df723f79cca133bfa36391ba1e3218e6757e30e593e01e3462dd0
        api 9 released_keys c5c59c1ea1be7e5be0dfc711ded4f5a4229bfb11fabb5d016d3014671601207c
        api 10 return_records 09cc34303d0933ad11c973d849ead5ab020d92838f7580bcb803e62896944045
        api 11 warranties 9b06d857ad91eb2427e91c4762643a219a35d33dd47c3e4eaacfff916b1fbdf8
        api 12 own_letters e07d754a750da1bb766c59694aa626a2f06e5cba84a52c549248301bf91f903e
        api 13 saga_builds d1bc63b896223dfa07640128dc9631799415754c13421bede8330ab05c245a5a
        api 14 inspections 21bea21fbaa94c16cbefe2c20c3b6b59591106c83fdd8285a3bbbcb2329a3020
        api 15 order_search fc090c95d0a2b95f1b2ec094bcffe20d3505b66213da318dbed17f86ebc35e1e
        api 16 booked_refunds 9e352cebb78f06bc06d56c1a1ed362f4b19fb56eaad1a95d5377803bf3895a0d
        api 17 declined_lines efd789bc6dbc1e714c01c3c4bffb7b711db8b4e93faa4731c1d27571c073c05a
        api 18 blind_receipts 631ef55b6ba9853444494b97f53faf9752ed918ad590518835dfb5611a9f312d
        api 19 alerts 6440aa0196b90bd8f34f6e43948635e230eefd7cb76d275bf0035df15158b7b0
        api 20 return_names 37a49a5d191e3b3abbcba92b931a4838b88dc00ee3e7e3c69456961472cff269
        api 21 failed_alerts e72cac2f329c22c808daf585591c71cc0124e00cfd0e51f3041a9e162a4837aa
        api 22 exchanges ffbb7fc23130fe19147ebcb5addeba681c56d41e1142a6048177da60d1627933
        api 23 closed_alerts 7d8cf83eb3bd4a1ce1c15621b42156864aa19ae9683a0d42b8bbe8307a93e10a
        api 24 documents 282e3ad64a9e2bec860d404e3b237c230c9c4762630f75668b7b4b89374dac82
        api 25 search_paths bcb72b2e92deb7d73153c4f791bed56bfc77dd65e6da53bda1204e4933425b9d

        providers 1 gates 4bc0d87f61f5a2df5b1f5167c6197bd3f263127c86410c702df1a7f6430a2e9b
        providers 2 second effects e7c3cee150949d1cb90ea7398adc713885043c813557800780ff9e9a8dd134d3
        providers 3 returns f9a7fd5cbea33f2bdbbb2209248268f089b710f0d8956ecbfef521159f616f06
        providers 4 notifications 692ce7434c02c78a346a5229e1c04145f02de307023ee13cdb969f3d810a4763
        providers 5 gauges 284acee31fcef3c30ed5eac90a255dff1640cb532c327a940aebf2ab1e05b0d6
        providers 6 owned_letters 0e07c95ecbc4235f59f7655297f7eb10736be05954f583366bc28ec416bd8d5f
        providers 7 unsettled effects b08972be0a4622c1d82b509225eb5ab7d35bb2ebb4a30e042c7856b5c56ef6f1
        """
}
