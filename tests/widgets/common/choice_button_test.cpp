// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/common/choice_button.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QMenu>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::common;

namespace {

QList<ChoiceButton::Choice> threeChoices()
{
    return {{u"all"_s, u"All"_s}, {u"a"_s, u"ai-proveedores"_s}, {u"w"_s, u"worker"_s}};
}

} // namespace

TEST(ChoiceButton, SaysLabelAndChoiceAndGrowsWithIt)
{
    test::pinLooks();
    ChoiceButton button(u"Group"_s);
    button.setChoices(threeChoices());
    EXPECT_EQ(button.accessibleName(), u"Group All");
    const int narrow = button.sizeHint().width();
    button.setCurrent(u"a"_s);
    EXPECT_EQ(button.accessibleName(), u"Group ai-proveedores");
    EXPECT_GT(button.sizeHint().width(), narrow);
}

TEST(ChoiceButton, KeepsWhatIsStillOfferedAndElseTakesTheFirst)
{
    ChoiceButton button({});
    button.setChoices(threeChoices());
    button.setCurrent(u"w"_s);
    QSignalSpy chosen(&button, &ChoiceButton::chosen);
    button.setChoices({{u"x"_s, u"x"_s}, {u"w"_s, u"worker"_s}});
    EXPECT_EQ(button.current(), u"w");
    button.setChoices({{u"x"_s, u"x"_s}});
    EXPECT_EQ(button.current(), u"x");
    EXPECT_EQ(chosen.size(), 0) << "nobody chose";
}

TEST(ChoiceButton, TheMenuChoosesOne)
{
    test::pinLooks();
    ChoiceButton button(u"System"_s);
    button.setChoices(threeChoices());
    QSignalSpy chosen(&button, &ChoiceButton::chosen);
    Q_EMIT button.menu()->aboutToShow();
    ASSERT_EQ(button.menu()->actions().size(), 3);
    EXPECT_TRUE(button.menu()->actions().at(0)->isChecked());
    button.menu()->actions().at(2)->trigger();
    ASSERT_EQ(chosen.size(), 1);
    EXPECT_EQ(chosen.at(0).at(0).toString(), u"w");
    EXPECT_EQ(button.shownText(), u"worker");
}

TEST(ChoiceButton, SeveralAreTickedAndTheTicksFollowWhatIsSet)
{
    test::pinLooks();
    ChoiceButton button({});
    button.setMultiple(true);
    button.setChoices(threeChoices());
    button.setCurrent(u"a"_s);
    QSignalSpy made(&button, &ChoiceButton::choicesMade);
    Q_EMIT button.menu()->aboutToShow();
    const QList<QCheckBox *> boxes = button.menu()->findChildren<QCheckBox *>();
    ASSERT_EQ(boxes.size(), 3);
    boxes.at(2)->click();
    ASSERT_EQ(made.size(), 1);
    EXPECT_EQ(made.at(0).at(0).toStringList(), (QStringList{u"a"_s, u"w"_s}));
    EXPECT_EQ(button.shownText(), u"ai-proveedores, worker");
    button.setCurrent(u"all"_s);
    EXPECT_TRUE(boxes.at(0)->isChecked());
    EXPECT_FALSE(boxes.at(1)->isChecked());
    EXPECT_EQ(made.size(), 1) << "set and not chosen";
}
