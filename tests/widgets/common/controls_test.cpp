// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "widgets/common/buttons.h"
#include "widgets/common/chip.h"
#include "widgets/common/filter_bar.h"
#include "widgets/common/segmented_control.h"
#include "widgets/common/toggle_switch.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <gmock/gmock.h>

using namespace Qt::Literals::StringLiterals;
using namespace atalaya;
using namespace atalaya::common;

TEST(ToggleSwitch, AsksAndNeverFlipsByItself)
{
    test::pinLooks();
    ToggleSwitch toggle;
    toggle.resize(toggle.sizeHint());
    QSignalSpy asked(&toggle, &ToggleSwitch::toggleRequested);
    QTest::mouseClick(&toggle, Qt::LeftButton);
    ASSERT_EQ(asked.size(), 1);
    EXPECT_TRUE(asked.at(0).at(0).toBool());
    EXPECT_EQ(toggle.value(), ToggleValue::Off) << "what runs is shown, not what was asked";
    toggle.setValue(ToggleValue::On);
    QTest::keyClick(&toggle, Qt::Key_Space);
    ASSERT_EQ(asked.size(), 2);
    EXPECT_FALSE(asked.at(1).at(0).toBool());
    EXPECT_EQ(toggle.value(), ToggleValue::On);
    toggle.setValue(ToggleValue::Differs);
    EXPECT_EQ(toggle.accessibleDescription(), u"differs");
    QTest::mouseClick(&toggle, Qt::LeftButton);
    EXPECT_TRUE(asked.at(2).at(0).toBool());
}

TEST(ToggleSwitch, DoesNothingWhileDisabledAndSaysWhy)
{
    ToggleSwitch toggle;
    toggle.resize(toggle.sizeHint());
    setEnabledBecause(&toggle, false, u"Production is read-only"_s);
    QSignalSpy asked(&toggle, &ToggleSwitch::toggleRequested);
    QTest::mouseClick(&toggle, Qt::LeftButton);
    EXPECT_EQ(asked.size(), 0);
    EXPECT_EQ(toggle.toolTip(), u"Production is read-only");
    EXPECT_EQ(toggle.accessibleDescription(), u"Production is read-only");
}

TEST(SegmentedControl, IsChosenByPointerAndArrowKeys)
{
    test::pinLooks();
    SegmentedControl control({u"5 min"_s, u"15 min"_s, u"1 h"_s, u"Until reset"_s});
    control.resize(control.sizeHint());
    QSignalSpy chosen(&control, &SegmentedControl::chosen);
    QTest::mouseClick(&control, Qt::LeftButton, {}, control.choiceRect(1).center());
    EXPECT_EQ(control.currentText(), u"15 min");
    QTest::keyClick(&control, Qt::Key_Right);
    EXPECT_EQ(control.currentText(), u"1 h");
    QTest::keyClick(&control, Qt::Key_Left);
    QTest::keyClick(&control, Qt::Key_Left);
    QTest::keyClick(&control, Qt::Key_Left);
    EXPECT_EQ(control.currentIndex(), 0) << "it stops at the first";
    EXPECT_EQ(chosen.size(), 4);
    control.setCurrentIndex(9);
    EXPECT_EQ(control.currentIndex(), 0) << "a choice that does not exist is refused";
}

TEST(SegmentedControl, ChoicesCoverTheWholeWidthWithoutOverlap)
{
    SegmentedControl control({u"a"_s, u"b"_s, u"c"_s});
    control.resize(100, 32);
    EXPECT_EQ(control.choiceRect(0).left(), 0);
    EXPECT_EQ(control.choiceRect(1).left(), control.choiceRect(0).right() + 1);
    EXPECT_EQ(control.choiceRect(2).left(), control.choiceRect(1).right() + 1);
    EXPECT_EQ(control.choiceRect(2).right(), 99);
}

TEST(Chip, IsRemovedByItsCrossAndByDelete)
{
    test::pinLooks();
    Chip chip(ChipText{.text = u"\"warning\""_s, .name = u"severity"_s, .op = u"="_s});
    chip.setRemovable(true);
    chip.resize(chip.sizeHint());
    EXPECT_EQ(chip.accessibleName(), u"severity=\"warning\"");
    QSignalSpy removed(&chip, &Chip::removeRequested);
    QSignalSpy clicked(&chip, &Chip::clicked);
    QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(6, 10));
    EXPECT_EQ(removed.size(), 0);
    EXPECT_EQ(clicked.size(), 1);
    QTest::mouseClick(&chip, Qt::LeftButton, {}, QPoint(chip.width() - 8, 10));
    QTest::keyClick(&chip, Qt::Key_Delete);
    EXPECT_EQ(removed.size(), 2);
    EXPECT_EQ(clicked.size(), 1);
}

TEST(SearchField, EscapeEmptiesItAndAProblemIsSaid)
{
    test::pinLooks();
    SearchField field(u"Find a flag"_s);
    QTest::keyClicks(&field, u"abc"_s);
    EXPECT_EQ(field.text(), u"abc");
    QTest::keyClick(&field, Qt::Key_Escape);
    EXPECT_EQ(field.text(), QString());
    field.setProblem(u"a quote is not closed"_s);
    EXPECT_EQ(field.toolTip(), u"a quote is not closed");
    EXPECT_TRUE(field.property("invalid").toBool());
    field.setProblem({});
    EXPECT_FALSE(field.property("invalid").toBool());
}

TEST(Buttons, AreNeverTheDefaultByThemselvesAndHaveNames)
{
    QWidget parent;
    QPushButton *trip = button(u"Trip on 3 instances"_s, ButtonRole::Danger, {}, ButtonSize::Dialog, &parent);
    EXPECT_FALSE(trip->autoDefault());
    EXPECT_FALSE(trip->isDefault());
    QToolButton *pause = iconButton(theme::Icon::Pause, u"Pause"_s, QKeySequence(Qt::Key_Space), ButtonRole::Normal,
                                    ButtonSize::Normal, &parent);
    EXPECT_EQ(pause->accessibleName(), u"Pause");
    EXPECT_THAT(pause->toolTip().toStdString(), testing::HasSubstr("Space"));
}

TEST(DropButton, SaysCaptionAndValue)
{
    test::pinLooks();
    DropButton group(u"Group"_s);
    group.setValue(u"system"_s);
    EXPECT_EQ(group.accessibleName(), u"Group system");
    const int narrow = group.sizeHint().width();
    group.setValue(u"ai-proveedores, worker"_s);
    EXPECT_GT(group.sizeHint().width(), narrow);
}
