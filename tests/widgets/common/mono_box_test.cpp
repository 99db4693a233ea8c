// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/common/mono_box.h"
#include "widgets/theme/theme.h"

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::common;

TEST(MonoBox, ShowsBytesAsTheyAreAndGrowsWithItsLines)
{
    test::pinLooks();
    MonoBox box(u"<b>{\"status\":\"unhealthy\"}</b>"_s);
    box.resize(400, 60);
    EXPECT_EQ(box.toPlainText(), u"<b>{\"status\":\"unhealthy\"}</b>");
    EXPECT_TRUE(box.isReadOnly());
    const int oneLine = box.height();
    box.setText(u"a\nb\nc\nd"_s);
    EXPECT_GT(box.height(), oneLine + 30);
    box.setMaximumLines(2);
    EXPECT_LT(box.height(), oneLine + 30);
}

TEST(MonoBox, MarksAStretchInItsStateAndForgetsItWithTheText)
{
    test::pinLooks();
    MonoBox box(u"{\"a\":\"unhealthy\"}"_s);
    box.setMarks({{6, 9, State::Critical}});
    ASSERT_EQ(box.extraSelections().size(), 1);
    const QTextEdit::ExtraSelection mark = box.extraSelections().first();
    EXPECT_EQ(mark.cursor.selectedText(), u"unhealthy");
    EXPECT_EQ(mark.format.foreground().color(), theme::themeOf(&box).color(State::Critical));
    box.setText(u"{}"_s);
    EXPECT_TRUE(box.extraSelections().isEmpty()) << "the place means nothing in another text";
}
