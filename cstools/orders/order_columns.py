"""The columns of order files: Taobao and Tmall old and new, 旺店通, efast; any other by the desk's own headers."""

from typing import Final

from cstools.orders.headers import Field

FIELDS: Final = (
    # Of an ERP's own number and the shop's, the shop's: refunds are known by it.
    Field(
        "number",
        ("子单原始单号", "原始单号", "交易号", "平台单号", "平台订单号", "订单编号", "订单号", "线上订单号"),
        required=True,
        usual="订单编号",
    ),
    Field("main", ("主订单编号", "主订单号")),
    Field("status", ("订单状态", "出库单状态", "交易状态")),
    Field("buyer", ("买家会员名", "买家会员名称", "客户网名", "买家昵称", "买家账号")),
    Field("title", ("宝贝标题", "商品标题", "货品名称", "商品名称")),
    Field("kinds", ("宝贝种类",)),
    Field(
        "note",
        ("订单备注", "商家备忘", "商家备注", "卖家备忘", "卖家备注", "客服备注", "商家留言"),
        required=True,
        count=2,
    ),
    Field("flag", ("插旗", "旗帜", "标旗", "备注旗帜", "卖家备注旗帜", "商家备注旗帜", "订单旗帜")),
    Field("created", ("订单创建时间", "创建时间", "下单时间", "拍下时间", "拍单时间")),
    Field("paid", ("订单付款时间", "付款时间", "支付时间")),
    Field("shipped", ("发货时间", "订单发货时间")),
    Field("received", ("确认收货时间", "收货时间", "签收时间")),
    Field("succeeded", ("交易成功时间", "交易完成时间", "订单完成时间", "完成时间", "确认收货时间")),
    Field(
        "amount",
        ("买家实际支付金额", "买家实付金额", "实付金额", "实收金额", "货品成交总价", "成交总价"),
        required=True,
    ),
    Field("refunded", ("退款金额",)),
    Field("merchant", ("商家类型", "商户类型", "签约状态", "是否签约")),
    Field("recommended", ("重点推荐", "重点推荐商家", "是否推荐")),
    Field("exported", ("导出时间",)),
)
BY_ITEM: Final = frozenset({"货品成交总价", "成交总价"})
"""Headers of an amount that is one of an order's goods', not the whole order's."""
