// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/labels.h"
#include "tests/models/base/base_test.h"

using namespace atalaya;
using namespace Qt::Literals::StringLiterals;

TEST(LabelsTest, ArePrintedAsPrometheusDoes)
{
    EXPECT_EQ(labelsText({}), u"{}"_s);
    EXPECT_EQ(labelsText({{u"b"_s, u"2"_s}, {u"a"_s, u"say \"hi\"\\\n"_s}}),
              u"{a=\"say \\\"hi\\\"\\\\\\n\", b=\"2\"}"_s);
    EXPECT_EQ(labelsText({{u"größe"_s, u"\u202Eabc"_s}}), u"{größe=\"\u202Eabc\"}"_s);
}

TEST(LabelsTest, AnAbsentLabelIsEmpty)
{
    const Labels labels{{u"a"_s, u"1"_s}};
    EXPECT_EQ(labelValue(labels, u"a"_s), u"1"_s);
    EXPECT_EQ(labelValue(labels, u"b"_s), QString());
}
