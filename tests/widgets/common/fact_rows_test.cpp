// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/common/fact_rows.h"

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::common;

TEST(FactRows, SaysEveryFactAndFindsAValueByItsLabel)
{
    FactRows rows;
    rows.setFacts({{u"Seen by"_s, u"am-core"_s}, {u"Rule"_s, u"worker.yml"_s}});
    EXPECT_EQ(rows.valueOf(u"Rule"_s), u"worker.yml");
    EXPECT_TRUE(rows.valueOf(u"Runbook"_s).isEmpty());
    EXPECT_EQ(rows.accessibleDescription(), u"Seen by: am-core\nRule: worker.yml");
}

TEST(FactRows, WrapsWhatIsLongAlsoInsideOneWord)
{
    test::pinLooks();
    for (const theme::TextSize size : {theme::TextSize::Body, theme::TextSize::Small}) {
        FactRows rows(nullptr, size);
        rows.setFacts({{u"Why"_s, u"batch"_s}});
        const int oneLine = rows.heightForWidth(300);
        rows.setFacts({{u"Why"_s, u"the batch at three needs it and nobody else does, so it is off until then"_s}});
        EXPECT_GT(rows.heightForWidth(300), oneLine);
        EXPECT_LT(rows.heightForWidth(900), rows.heightForWidth(300));
        rows.setFacts({{u"Why"_s, u"https://runbooks.example.test/"_s + QString(120, u'x')}});
        EXPECT_GT(rows.heightForWidth(300), oneLine) << "a word longer than its line is broken, not cut";
    }
}
