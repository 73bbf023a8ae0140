"""开放接口 v1:形状(``shapes``)和说明(``openapi``);视图在 ``web/views/api.py``。只读,不要登录,不认人。"""
